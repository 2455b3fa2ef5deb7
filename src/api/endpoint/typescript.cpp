#include "api/endpoint/typescript.hpp"

#include "api/endpoint/described_types.hpp"

namespace sealbook::api {
namespace {

constexpr std::string_view preamble =
    R"(// Written from the endpoint rows by `sealbook openapi --typescript`; do not edit.

export interface FieldError {
  pointer: string;
  rule: string;
  detail: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  errors?: FieldError[];
  [member: string]: unknown;
}

// What a refused call throws.
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

export interface Answer<T> {
  body: T;
  etag?: string;
  location?: string;
}

export interface CallOptions {
  idempotencyKey?: string;
  ifMatch?: string;
  signal?: AbortSignal;
}

)";

constexpr std::string_view client_head = R"(export class Client {
  constructor(
    private readonly base: string,
    private readonly token: () => string | undefined = () => undefined,
  ) {}

  private async call<T>(
    method: string,
    path: string,
    query: Record<string, string | number | boolean | undefined>,
    body: unknown,
    kind: 'json' | 'text' | 'none',
    options: CallOptions,
  ): Promise<Answer<T>> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) parameters.set(name, String(value));
    }
    const text = parameters.toString();
    const headers: Record<string, string> = {};
    const token = this.token();
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
    if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
    const response = await fetch(this.base + path + (text === '' ? '' : `?${text}`), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
    });
    if (!response.ok) throw new ProblemError((await response.json()) as Problem);
    const answered: unknown =
      kind === 'json' ? await response.json() : kind === 'text' ? await response.text() : undefined;
    return {
      body: answered as T,
      etag: response.headers.get('ETag') ?? undefined,
      location: response.headers.get('Location') ?? undefined,
    };
  }
)";

std::string type_of(const Codec& codec) {
  switch (codec.kind) {
    case JsonKind::integer:
    case JsonKind::number: return "number";
    case JsonKind::boolean: return "boolean";
    case JsonKind::object: return std::string(codec.members().name);
    case JsonKind::array: {
      const std::string item = type_of(codec.item());
      const std::string word = codec.or_word.empty() ? "" : "'" + std::string(codec.or_word) + "' | ";
      return word + (item.find(' ') == std::string::npos ? item + "[]" : "(" + item + ")[]");
    }
    case JsonKind::string: break;
  }
  std::string words;
  for (const EnumName& name : codec.names)
    words.append(words.empty() ? "'" : " | '").append(name.text).append("'");
  return words.empty() ? "string" : words;
}

std::string member_of(const Field& field) {
  return std::string(field.name) + (is_required(field) ? "" : "?") + ": " + type_of(field.codec());
}

void write_interface(std::string& out, Schema schema) {
  out.append("export interface ").append(schema.name).append(" {\n");
  for (const Field* field : fields_in(schema, Where::body)) {
    out.append("  /** ")
        .append(field->doc)
        .append(" (")
        .append(to_text(field->data_class))
        .append(") */\n");
    out.append("  ").append(member_of(*field)).append(";\n");
  }
  out.append("}\n\n");
}

// "/v1/things/{id}" as a template literal over the `path` argument.
std::string path_expression(std::string_view path) {
  std::string text = "`";
  while (!path.empty()) {
    const std::size_t open = path.find('{');
    text += path.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = path.find('}', open);
    std::string_view name = path.substr(open + 1, close - open - 1);
    const bool rest = name.ends_with("...");
    if (rest) name.remove_suffix(3);
    text.append(rest ? "${path." : "${encodeURIComponent(path.")
        .append(name)
        .append(rest ? "}" : ")}");
    path.remove_prefix(close + 1);
  }
  return text + "`";
}

// One object parameter with these fields, or nothing when there are none.
std::string argument(std::string_view name, const std::vector<const Field*>& fields) {
  if (fields.empty()) return {};
  bool required = false;
  std::string text;
  for (const Field* field : fields) {
    required = required || is_required(*field);
    text.append(text.empty() ? "" : "; ").append(member_of(*field));
  }
  return "    " + std::string(name) + ": { " + text + " }" + (required ? "" : " = {}") + ",\n";
}

void write_method(std::string& out, const Endpoint& row) {
  const auto path = fields_in(row.request, Where::path),
             query = fields_in(row.request, Where::query);
  const bool has_body = !fields_in(row.request, Where::body).empty();
  const std::string answer = row.spec.success == 204 ? "void"
                             : has_json_answer(row)  ? std::string(row.response.name)
                                                     : "string";
  const std::string_view kind = answer == "void" ? "none" : has_json_answer(row) ? "json" : "text";
  out.append("\n  /** ")
      .append(row.spec.summary)
      .append(" */\n  ")
      .append(row.spec.id)
      .append("(\n");
  out.append(argument("path", path));
  if (has_body) out.append("    body: ").append(row.request.name).append(",\n");
  out.append(argument("query", query));
  out.append("    options: CallOptions = {},\n  ): Promise<Answer<")
      .append(answer)
      .append(">> {\n");
  out.append("    return this.call('")
      .append(to_text(row.spec.method))
      .append("', ")
      .append(path_expression(row.spec.path));
  out.append(query.empty() ? ", {}, " : ", query, ")
      .append(has_body ? "body, '" : "undefined, '")
      .append(kind);
  out.append("', options);\n  }\n");
}

}  // namespace

Result<std::string> typescript_client(std::span<const Endpoint> rows) {
  TRY(types, described_types(rows));
  std::string out(preamble);
  for (const auto& [name, schema] : types) write_interface(out, schema);
  out += client_head;
  for (const Endpoint& row : rows) write_method(out, row);
  out += "}\n";
  return out;
}

}  // namespace sealbook::api
