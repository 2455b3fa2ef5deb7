#include "ui/unsubscribe.hpp"

#include "app/messages/blocks.hpp"

namespace sealbook::ui {
namespace {

net::HttpResponse ask() {
  return plain_page(
      200, "No more messages?",
      el("p", "We will send no more messages to this address, reminders included.")
          .add(el("p", attr("lang", "es"),
                  "No enviaremos más mensajes a esta dirección, tampoco recordatorios."))
          .add(el("form", attr("method", "post"), button("Stop messages · No más mensajes")))
          .add(el("p", "If you do not know this organisation, somebody gave it your address by mistake.")
                   .add(el("span", attr("lang", "es"),
                           " Si no conoce a esta organización, alguien le dio su dirección por error.")))
          .add(el("form", attr("method", "post"),
                  hidden("reason", "somebody_else").add(quiet_button("I am not that person · No soy esa persona")))));
}

net::HttpResponse ended() {
  return plain_page(
      200, "No more messages",
      el("p", "Done. To get messages again, call the organisation that sent them.")
          .add(el(
              "p", attr("lang", "es"),
              "Hecho. Para volver a recibir mensajes, llame a la organización que los enviaba.")));
}

net::HttpResponse not_now() {
  return plain_page(
      503, "Not possible just now",
      el("p", "Please try again later.").add(el("p", attr("lang", "es"), "Inténtelo más tarde.")));
}

}  // namespace

PageAnswer UnsubscribePage::answer(const PageCall& call) const {
  if (!call.is_post()) return {ask(), true};
  const auto why = call.form.get("reason") == "somebody_else" ? app::Unsubscribe::somebody_else
                                                              : app::Unsubscribe::no_more;
  const auto done = app::unsubscribe(app_, call.step(1), why);
  return {done ? ended() : not_now(), true};
}

}  // namespace sealbook::ui
