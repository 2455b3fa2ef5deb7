// The codecs of the plain member types, and field<>(). Included by codec.hpp; include that one.
#pragma once

#include <concepts>

#include "api/endpoint/codec.hpp"

namespace sealbook::api {

template <>
struct CodecFor<bool> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::boolean,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              codec_detail::decode_bool(context, field, value, *static_cast<bool*>(member));
            },
        .encode = [](const void* member,
                     JsonWriter& json) { json.boolean(*static_cast<const bool*>(member)); }};
  }
};

template <std::integral T>
  requires(!std::same_as<T, bool>)
struct CodecFor<T> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::integer,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              constexpr auto least = static_cast<std::int64_t>(std::numeric_limits<T>::min());
              constexpr auto most = std::cmp_less(std::numeric_limits<std::int64_t>::max(),
                                                  std::numeric_limits<T>::max())
                                        ? std::numeric_limits<std::int64_t>::max()
                                        : static_cast<std::int64_t>(std::numeric_limits<T>::max());
              std::int64_t wide = 0;
              if (codec_detail::decode_integer(context, field, value, least, most, wide))
                *static_cast<T*>(member) = static_cast<T>(wide);
            },
        .encode =
            [](const void* member, JsonWriter& json) {
              json.integer(static_cast<std::int64_t>(*static_cast<const T*>(member)));
            }};
  }
};

template <>
struct CodecFor<double> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::number,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              codec_detail::decode_double(context, field, value, *static_cast<double*>(member));
            },
        .encode = [](const void* member,
                     JsonWriter& json) { json.number(*static_cast<const double*>(member)); }};
  }
};

template <>
struct CodecFor<std::string> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::string,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              codec_detail::decode_string(context, field, value,
                                          *static_cast<std::string*>(member));
            },
        .encode = [](const void* member,
                     JsonWriter& json) { json.string(*static_cast<const std::string*>(member)); }};
  }
};

template <class Tag>
struct CodecFor<Id<Tag>> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::string,
        .id_prefix = Tag::prefix,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              std::string_view text;
              if (!codec_detail::expect_string(context, field, value, text)) return;
              if (const auto id = Id<Tag>::parse(text)) *static_cast<Id<Tag>*>(member) = *id;
              else codec_detail::refuse_format(context, Tag::prefix);
            },
        .encode =
            [](const void* member, JsonWriter& json) {
              json.string(static_cast<const Id<Tag>*>(member)->text());
            }};
  }
};

template <>
struct CodecFor<Instant> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::string,
        .format = "date-time",
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              std::string_view text;
              if (!codec_detail::expect_string(context, field, value, text)) return;
              if (const auto instant = Instant::parse(text))
                *static_cast<Instant*>(member) = *instant;
              else codec_detail::refuse_format(context, "date-time");
            },
        .encode =
            [](const void* member, JsonWriter& json) {
              json.string(static_cast<const Instant*>(member)->text());
            }};
  }
};

template <>
struct CodecFor<std::chrono::year_month_day> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::string,
        .format = "date",
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              std::string_view text;
              if (!codec_detail::expect_string(context, field, value, text)) return;
              if (const auto date = parse_date(text))
                *static_cast<std::chrono::year_month_day*>(member) = *date;
              else codec_detail::refuse_format(context, "date");
            },
        .encode =
            [](const void* member, JsonWriter& json) {
              json.string(date_text(*static_cast<const std::chrono::year_month_day*>(member)));
            }};
  }
};

template <class E>
  requires std::is_enum_v<E> && requires(E e) { std::span<const EnumName>(enum_names(e)); }
struct CodecFor<E> {
  static constexpr Codec make() {
    return {.kind = JsonKind::string,
            .names = enum_names(E{}),
            .decode =
                [](DecodeContext& context, const Field&, const JsonValue& value, void* member) {
                  std::int64_t number = 0;
                  if (codec_detail::decode_enum(context, enum_names(E{}), value, number))
                    *static_cast<E*>(member) = static_cast<E>(number);
                },
            .encode =
                [](const void* member, JsonWriter& json) {
                  codec_detail::encode_enum(
                      enum_names(E{}), static_cast<std::int64_t>(*static_cast<const E*>(member)),
                      json);
                }};
  }
};

namespace codec_detail {

// The unqualified name of a type, as the compiler spells it.
template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;  // "… [T = sealbook::api::AppointmentView]"
  text = text.substr(text.rfind("T = ") + 4);
  text.remove_suffix(1);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

template <auto Member>
struct MemberOf;
template <class Object, class Value, Value Object::* Member>
struct MemberOf<Member> {
  using Type = Value;
  static void* at(void* object) { return &(static_cast<Object*>(object)->*Member); }
};

}  // namespace codec_detail

template <auto Member>
consteval Field field(std::string_view name, DataClass data_class, std::string_view doc,
                      FieldOptions options) {
  if (name.empty()) throw "a field needs a name";
  if (doc.empty()) throw "a field needs a sentence that says what it is";
  if (data_class == DataClass::secret && options.where != Where::body)
    throw "a secret stands in a body, never in a URL";
  using Access = codec_detail::MemberOf<Member>;
  return {name, data_class, doc, options, &codec_of<typename Access::Type>, &Access::at};
}

}  // namespace sealbook::api
