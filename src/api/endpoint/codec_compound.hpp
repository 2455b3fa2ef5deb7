// The codecs of types made of others: Sensitive, optional, vector, described structs. Included by
// codec.hpp; include that one.
#pragma once

#include "api/endpoint/codec.hpp"

namespace sealbook::api {

// Personal data is encoded as a field of a response, and nowhere else.
template <class T>
struct CodecFor<Sensitive<T>> {
  static constexpr Codec make() {
    Codec codec = CodecFor<T>::make();
    static_assert(requires(Sensitive<T> s) { s.reveal(); });
    codec.decode = [](DecodeContext& context, const Field& field, const JsonValue& value,
                      void* member) {
      codec_of<T>().decode(context, field, value, &static_cast<Sensitive<T>*>(member)->reveal());
    };
    codec.encode = [](const void* member, JsonWriter& json) {
      codec_of<T>().encode(&static_cast<const Sensitive<T>*>(member)->reveal(), json);
    };
    if (codec.has_value != nullptr)
      codec.has_value = [](const void* member) {
        return codec_of<T>().has_value(&static_cast<const Sensitive<T>*>(member)->reveal());
      };
    return codec;
  }
};

template <class T>
struct CodecFor<std::optional<T>> {
  static constexpr Codec make() {
    Codec codec = CodecFor<T>::make();
    static_assert(!CodecFor<T>::make().is_optional,
                  "an optional of an optional means nothing in JSON");
    codec.is_optional = true;
    codec.decode = [](DecodeContext& context, const Field& field, const JsonValue& value,
                      void* member) {
      codec_of<T>().decode(context, field, value,
                           &static_cast<std::optional<T>*>(member)->emplace());
    };
    codec.encode = [](const void* member, JsonWriter& json) {
      codec_of<T>().encode(&**static_cast<const std::optional<T>*>(member), json);
    };
    codec.has_value = [](const void* member) {
      return static_cast<const std::optional<T>*>(member)->has_value();
    };
    return codec;
  }
};

template <class T>
struct CodecFor<std::vector<T>> {
  static constexpr Codec make() {
    return {
        .kind = JsonKind::array,
        .item = &codec_of<T>,
        .decode =
            [](DecodeContext& context, const Field& field, const JsonValue& value, void* member) {
              const JsonValue::Array* array = codec_detail::expect_array(context, field, value);
              if (array == nullptr) return;
              auto& items = *static_cast<std::vector<T>*>(member);
              items.resize(array->size());
              const Field item = codec_detail::item_field(field);
              for (std::size_t i = 0; i < items.size(); ++i) {
                const std::size_t here = context.enter(std::to_string(i));
                codec_of<T>().decode(context, item, (*array)[i], &items[i]);
                context.leave(here);
              }
            },
        .encode =
            [](const void* member, JsonWriter& json) {
              json.begin_array();
              for (const T& item : *static_cast<const std::vector<T>*>(member))
                codec_of<T>().encode(&item, json);
              json.end_array();
            }};
  }
};

template <Described T>
struct CodecFor<T> {
  static constexpr Codec make() {
    return {.kind = JsonKind::object,
            .members = &schema_of<T>,
            .decode = [](DecodeContext& context, const Field&, const JsonValue& value,
                         void* member) { decode_object(context, schema_of<T>(), value, member); },
            .encode = [](const void* member,
                         JsonWriter& json) { encode_object(schema_of<T>(), member, json); }};
  }
};

}  // namespace sealbook::api
