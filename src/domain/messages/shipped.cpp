#include "domain/messages/shipped.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace sealbook::messages {
namespace {

// The middle of a message; greeting and ending are the same for all of a language.
struct Shipped {
  std::string_view subject;
  std::string_view text;
  std::string_view sms;
};
constexpr std::size_t purposes = static_cast<std::size_t>(Purpose::reminder) + 1;
using Language = std::array<Shipped, purposes>;  // in the order of Purpose

constexpr Language english{{
    {"A message from {{organisation.message_name}}",
     "we would like to find a time with you. On your own page you can choose one that suits you, "
     "or tell "
     "us that you would rather not:\n\n{{link}}\n\n"
     "The page asks you to show that it is you before it shows anything.\n",
     "{{organisation.message_name}}: please choose a time\n{{link}}\nor call "
     "{{organisation.phone}}"},
    {"Still waiting for you: a message from {{organisation.message_name}}",
     "we wrote to you a while ago and have not heard from you yet. There is still time to choose "
     "what "
     "suits you, or to tell us that you would rather not:\n\n{{link}}\n\n"
     "If you have answered in the meantime, thank you, and please forget this message.\n",
     "{{organisation.message_name}}: your answer is still open\n{{link}}\nor call "
     "{{organisation.phone}}"},
    {"Your code from {{organisation.message_name}}",
     "here is the code that you have just asked for:\n\n{{code}}\n\n"
     "Type it on the page that asked you for it. It works once and for a short time. Nobody from "
     "our "
     "side will ever ask you for it. If it was not you who asked, nothing has happened, and you "
     "can "
     "forget this message.\n",
     "{{code}} is your code for {{organisation.message_name}}. Nobody will ask you for it. "
     "Call {{organisation.phone}}"},
    {"A confirmation from {{organisation.message_name}}",
     "your appointment is booked. Thank you.\n\n"
     "{{#time}}\nDay and time: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nPlace: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nSo that nobody else can read it, the day and time are not in this "
     "message.\n{{/time}}\n"
     "{{#link}}\n\nTo see your appointment, to move it or to cancel it:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: booked{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nCall {{organisation.phone}}"},
    {"A change, from {{organisation.message_name}}",
     "your appointment has been moved.\n\n"
     "{{#time}}\nIt is now: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nPlace: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nSo that nobody else can read it, the new day and time are not in this "
     "message.\n{{/time}}\n"
     "{{#link}}\n\nTo see it, or to choose another time:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: moved{{#time}} to {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nCall {{organisation.phone}}"},
    {"A cancellation, from {{organisation.message_name}}",
     "your appointment has been cancelled.\n\n"
     "{{#time}}\nIt was: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#link}}\n\nIf you would like another time, you can choose one here:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: cancelled{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nCall {{organisation.phone}}"},
    {"A reminder from {{organisation.message_name}}",
     "this is a reminder of your appointment. We look forward to seeing you.\n\n"
     "{{#time}}\nDay and time: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nPlace: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nSo that nobody else can read it, the day and time are not in this "
     "message.\n{{/time}}\n"
     "{{#link}}\n\nTo tell us whether you are coming, or to choose another "
     "time:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: reminder{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nCall {{organisation.phone}}"},
}};

constexpr Language spanish{{
    {"Un mensaje de {{organisation.message_name}}",
     "nos gustaría encontrar un momento para usted. En su página personal puede elegir el que más "
     "le "
     "convenga, o decirnos que prefiere no hacerlo:\n\n{{link}}\n\n"
     "La página le pedirá que demuestre que es usted antes de mostrar nada.\n",
     "{{organisation.message_name}}: elija una hora, por favor\n{{link}}\no llame al "
     "{{organisation.phone}}"},
    {"Esperamos su respuesta: un mensaje de {{organisation.message_name}}",
     "le escribimos hace unos días y todavía no tenemos su respuesta. Aún puede elegir lo que más "
     "le "
     "convenga, o decirnos que prefiere no hacerlo:\n\n{{link}}\n\n"
     "Si ya nos ha respondido, muchas gracias; no hace falta que haga nada más.\n",
     "{{organisation.message_name}}: esperamos su respuesta\n{{link}}\no llame al "
     "{{organisation.phone}}"},
    {"Su código de {{organisation.message_name}}",
     "este es el código que acaba de pedir:\n\n{{code}}\n\n"
     "Escríbalo en la página que se lo ha pedido. Sirve una sola vez y durante poco tiempo. Nadie "
     "de "
     "nuestra parte se lo pedirá nunca. Si no lo ha pedido usted, no ha pasado nada y puede "
     "olvidar "
     "este mensaje.\n",
     "{{code}} es su clave para {{organisation.message_name}}. Nadie se la va a pedir. "
     "Llame al {{organisation.phone}}"},
    {"Una confirmación de {{organisation.message_name}}",
     "su cita está reservada. Muchas gracias.\n\n"
     "{{#time}}\nDía y hora: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nLugar: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nPara que nadie más los lea, el día y la hora no figuran en este "
     "mensaje.\n{{/time}}\n"
     "{{#link}}\n\nPara ver su cita, cambiarla o cancelarla:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: reservada{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nTel. {{organisation.phone}}"},
    {"Un cambio, de {{organisation.message_name}}",
     "su cita ha cambiado de hora.\n\n"
     "{{#time}}\nAhora es: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nLugar: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nPara que nadie más los lea, el nuevo día y la hora no figuran en este "
     "mensaje.\n{{/time}}\n"
     "{{#link}}\n\nPara verla o elegir otra hora:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: cambiada{{#time}} a {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nTel. {{organisation.phone}}"},
    {"Una cancelación, de {{organisation.message_name}}",
     "su cita ha sido cancelada.\n\n"
     "{{#time}}\nEra: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#link}}\n\nSi desea otra hora, puede elegirla aquí:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: cancelada{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nTel. {{organisation.phone}}"},
    {"Un recordatorio de {{organisation.message_name}}",
     "le recordamos su cita. Será un gusto recibirle.\n\n"
     "{{#time}}\nDía y hora: {{appointment.starts_at}}\n{{/time}}\n"
     "{{#place}}\nLugar: {{appointment.location}}\n{{/place}}\n"
     "{{^time}}\nPara que nadie más los lea, el día y la hora no figuran en este "
     "mensaje.\n{{/time}}\n"
     "{{#link}}\n\nPara decirnos si viene o elegir otra hora:\n{{link}}\n{{/link}}\n",
     "{{organisation.message_name}}: recuerde{{#time}} {{appointment.starts_at}}{{/time}}\n"
     "{{#link}}{{link}}{{/link}}\nTel. {{organisation.phone}}"},
}};

struct Frame {
  std::string_view greeting, ending;
};
constexpr Frame frames[] = {
    {"Hello,\n\n",
     "\nWould you rather talk to somebody? Call us: {{organisation.phone}}\n\n"
     "Kind regards,\n{{organisation.message_name}}\n"
     "{{#unsubscribe}}\n\nIf you do not want such messages any "
     "more:\n{{unsubscribe}}\n{{/unsubscribe}}\n"},
    {"Hola:\n\n",
     "\n¿Prefiere hablar con alguien? Llámenos: {{organisation.phone}}\n\n"
     "Un saludo cordial,\n{{organisation.message_name}}\n"
     "{{#unsubscribe}}\n\nSi no desea recibir más mensajes como "
     "este:\n{{unsubscribe}}\n{{/unsubscribe}}\n"},
};

const Shipped& row_of(Purpose purpose, Locale locale) {
  return (locale == Locale::es ? spanish : english)[static_cast<std::size_t>(purpose)];
}

Template make(Channel channel, Purpose purpose, Locale locale) {
  const Shipped& row = row_of(purpose, locale);
  TemplateText text{channel, locale, purpose, {}, {}};
  if (channel == Channel::sms) {
    text.body = row.sms;
  } else {
    const Frame& frame = frames[static_cast<std::size_t>(locale)];
    text.body = frame.greeting;
    text.body += row.text;
    text.body += frame.ending;
  }
  auto made = Template::parse(std::move(text));
  ASSERT(made.has_value());  // every one is parsed by a test
  return std::move(*made);
}

constexpr std::array shipped_for{Channel::email, Channel::sms, Channel::letter, Channel::portal};

}  // namespace

const Template* find_shipped(Channel channel, Purpose purpose, Locale locale) {
  static const std::vector<Template> all = [] {
    std::vector<Template> made;
    for (const Channel each : shipped_for)
      for (std::size_t p = 0; p < purposes; ++p)
        for (const Locale language : {Locale::en, Locale::es})
          made.push_back(make(each, static_cast<Purpose>(p), language));
    return made;
  }();
  const auto found = std::ranges::find_if(all, [&](const Template& t) {
    return t.channel() == channel && t.purpose() == purpose && t.locale() == locale;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string_view shipped_subject(Purpose purpose, Locale locale) {
  return row_of(purpose, locale).subject;
}

}  // namespace sealbook::messages
