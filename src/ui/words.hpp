// Every text of the pages for people, in English and Spanish, side by side.
#pragma once

#include "ui/language.hpp"

namespace sealbook::ui::words {

// The frame.
inline constexpr Words skip{"Skip to the content", "Ir al contenido"};
inline constexpr Words questions{"Questions? Call", "¿Preguntas? Llame al"};
inline constexpr Words language{"Language", "Idioma"};
inline constexpr Words form_refused_title{"Please try once more", "Inténtelo otra vez"};
inline constexpr Words form_refused{
    "That form did not come from an open page of ours, or it had been open for too long. Nothing "
    "was changed. "
    "Go back, load the page again and repeat the step.",
    "El formulario no venía de una página nuestra abierta, o llevaba demasiado tiempo abierto. No "
    "se ha cambiado "
    "nada. Vuelva atrás, cargue la página de nuevo y repita el paso."};
inline constexpr Words no_page_title{"There is no such page", "Esta página no existe"};
inline constexpr Words no_page{
    "Check the address, or start again from the link that you were given.",
    "Compruebe la dirección o empiece de nuevo desde el enlace que recibió."};
inline constexpr Words unavailable_title{"Not possible just now", "Ahora mismo no es posible"};
inline constexpr Words unavailable{
    "Something on our side has stopped. Nothing was changed; please call us, or try again later.",
    "Algo se ha detenido de nuestro lado. No se ha cambiado nada; llámenos o inténtelo más tarde."};
inline constexpr Words too_many_title{"A little slower, please", "Un poco más despacio, por favor"};
inline constexpr Words too_many{
    "There were many tries in a short time. Please wait a few minutes, or call us.",
    "Ha habido muchos intentos en poco tiempo. Espere unos minutos o llámenos."};
inline constexpr Words back{"Back", "Volver"};

// Choosing a time.
inline constexpr Words choose_time{"Choose a time", "Elija una hora"};
inline constexpr Words choose_new_time{"Choose a new time", "Elija otra hora"};
inline constexpr Words pick_a_day{"The marked days have free times. Pick one.",
                                  "Los días marcados tienen horas libres. Elija uno."};
inline constexpr Words one_free_time{"{} free time", "{} hora libre"};
inline constexpr Words free_times{"{} free times", "{} horas libres"};
inline constexpr Words nothing_that_day{"There is no free time on that day any more.",
                                        "Ese día ya no hay horas libres."};
inline constexpr Words nothing_this_month{"There is no free time in this month.",
                                          "En este mes no hay horas libres."};
inline constexpr Words first_free{"The first free day is {}", "El primer día libre es el {}"};
inline constexpr Words nothing_at_all{"There is no free time just now. Please call us.",
                                      "Ahora mismo no hay horas libres. Llámenos, por favor."};
inline constexpr Words month_before{"Month before", "Mes anterior"};
inline constexpr Words month_after{"Month after", "Mes siguiente"};
inline constexpr Words at_the_place{"{} there", "{} allí"};
inline constexpr Words for_you{"On your clock: {}", "En su reloj: {}"};
inline constexpr Words your_zone{"Your time zone", "Su zona horaria"};
inline constexpr Words change_filters{"Place, person, time zone", "Lugar, persona, zona horaria"};
inline constexpr Words where{"Where", "Dónde"};
inline constexpr Words any_place{"Any place", "Cualquier lugar"};
inline constexpr Words with_whom{"With", "Con"};
inline constexpr Words anybody{"Anybody", "Cualquiera"};
inline constexpr Words show_times{"Show times", "Ver horas"};
inline constexpr Words taken{"Somebody was faster: that time is gone. These are free now.",
                             "Alguien se adelantó: esa hora ya no está. Estas están libres ahora."};
inline constexpr Words what{"What", "Qué"};
inline constexpr Words minutes{"{} minutes", "{} minutos"};
inline constexpr Words another_time{"Choose another time", "Elegir otra hora"};

// Public booking.
inline constexpr Words book_title{"Book a visit", "Pedir una cita"};
inline constexpr Words what_for{"What would you like to come for?", "¿Para qué quiere venir?"};
inline constexpr Words no_public_services{"Visits are not booked on this page. Please call us.",
                                          "En esta página no se piden citas. Llámenos, por favor."};
inline constexpr Words about_you{"About you", "Sobre usted"};
inline constexpr Words about_you_why{
    "We use this to know whose visit it is. In the next step we send a code to your e-mail "
    "address; only then is "
    "the visit booked.",
    "Lo usamos para saber de quién es la cita. En el siguiente paso le enviamos un código a su "
    "correo electrónico; "
    "solo entonces queda reservada la cita."};
inline constexpr Words given_name{"First name", "Nombre"};
inline constexpr Words family_name{"Last name", "Apellidos"};
inline constexpr Words email{"E-mail address", "Correo electrónico"};
inline constexpr Words birth_date{"Date of birth", "Fecha de nacimiento"};
inline constexpr Words birth_hint{"For example, 4 27 1980", "Por ejemplo, 27 4 1980"};
inline constexpr Words day{"Day", "Día"};
inline constexpr Words month{"Month", "Mes"};
inline constexpr Words year{"Year", "Año"};
inline constexpr Words go_on{"Continue", "Continuar"};
inline constexpr Words busy{"One moment, your browser is showing that it is not a machine …",
                            "Un momento, su navegador está demostrando que no es una máquina …"};
inline constexpr Words needs_script{
    "To keep machines from taking all times this form needs JavaScript. Without it, please call "
    "us.",
    "Para que las máquinas no ocupen todas las horas, este formulario necesita JavaScript. Sin él, "
    "llámenos, por favor."};
inline constexpr Words check_fields{"Please look at what is marked below.",
                                    "Revise lo que está marcado abajo."};
inline constexpr Words wrong_name{"Please write your name.", "Escriba su nombre."};
inline constexpr Words wrong_birth{"Please write a date like the example.",
                                   "Escriba una fecha como la del ejemplo."};
inline constexpr Words wrong_email{"Please write an address like name@example.org.",
                                   "Escriba una dirección como nombre@ejemplo.org."};
inline constexpr Words wrong_work{
    "The check of your browser did not succeed. Please send the form once more.",
    "La comprobación de su navegador no salió bien. Envíe el formulario otra vez."};

// The personal link.
inline constexpr Words link_title{"A message for you", "Un mensaje para usted"};
inline constexpr Words link_lead{"{} has a message for you about an appointment.",
                                 "{} tiene un mensaje para usted sobre una cita."};
inline constexpr Words link_private{"Because it is personal, it is shown only to you.",
                                    "Como es personal, solo se le muestra a usted."};
inline constexpr Words see_details{"See the details", "Ver los detalles"};
inline constexpr Words see_details_how{
    "We send a code to your e-mail address to make sure that it is you.",
    "Le enviamos un código a su correo electrónico para asegurarnos de que es usted."};
inline constexpr Words device_known{"This device is known here: no code is needed.",
                                    "Este dispositivo ya es conocido: no hace falta código."};
inline constexpr Words i_come{"I am coming", "Sí, iré"};
inline constexpr Words i_cannot{"I cannot come", "No podré ir"};
inline constexpr Words said_coming{"Thank you. We have noted that you are coming.",
                                   "Gracias. Hemos anotado que vendrá."};
inline constexpr Words said_cannot{
    "Thank you for telling us. Your time is kept until you cancel or move it; see the details to "
    "do that, or call.",
    "Gracias por avisar. Su hora sigue reservada hasta que la cancele o la cambie; vea los "
    "detalles para hacerlo, o llame."};
inline constexpr Words no_address{
    "There is no address to send a code to. Please call us.",
    "No hay ninguna dirección a la que enviar un código. Llámenos, por favor."};
inline constexpr Words code_title{"Is it you?", "¿Es usted?"};
inline constexpr Words code_sent{
    "We have sent a code of eight digits to your e-mail address. It is good for ten minutes.",
    "Le hemos enviado un código de ocho cifras a su correo electrónico. Vale diez minutos."};
inline constexpr Words code{"Code", "Código"};
inline constexpr Words code_hint{"Eight digits from the message", "Ocho cifras del mensaje"};
inline constexpr Words remember{"Remember this device for 90 days",
                                "Recordar este dispositivo durante 90 días"};
inline constexpr Words remember_hint{"Only on a device that is yours.",
                                     "Solo en un dispositivo propio."};
inline constexpr Words send_again{"Send another code", "Enviar otro código"};
inline constexpr Words hello{"Hello, {}", "Hola, {}"};
inline constexpr Words your_visit{"Your visit", "Su cita"};
inline constexpr Words your_visits{"Your visits", "Sus citas"};
inline constexpr Words sent_to_you{"Sent to you", "Lo que le hemos enviado"};
inline constexpr Words sent_invitation{"Invitation", "Invitación"};
inline constexpr Words sent_confirmation{"Confirmation", "Confirmación"};
inline constexpr Words sent_change{"Change", "Cambio"};
inline constexpr Words sent_cancellation{"Cancellation", "Cancelación"};
inline constexpr Words sent_reminder{"Reminder", "Recordatorio"};
inline constexpr Words no_visit{"You have no visit ahead here.",
                                "No tiene ninguna cita pendiente aquí."};
inline constexpr Words who_with{"With", "Con"};
inline constexpr Words accepted{"You have said that you are coming.", "Ha dicho que vendrá."};
inline constexpr Words cannot{"You have said that you cannot come.",
                              "Ha dicho que no podrá venir."};
inline constexpr Words move{"Move it", "Cambiarla"};
inline constexpr Words cancel{"Cancel it", "Cancelarla"};
inline constexpr Words change_until{"You can change it here until {}.",
                                    "Puede cambiarla aquí hasta el {}."};
inline constexpr Words too_late{
    "It is too late to change this visit here. Please call us.",
    "Es demasiado tarde para cambiar esta cita aquí. Llámenos, por favor."};
inline constexpr Words book_one{"Book a time", "Pedir hora"};
inline constexpr Words decline{"I will not take part", "No voy a participar"};
inline constexpr Words declined{
    "You have said that you will not take part. If you change your mind, book a time here.",
    "Ha dicho que no va a participar. Si cambia de idea, pida hora aquí."};
inline constexpr Words decline_title{"You will not take part?", "¿No va a participar?"};
inline constexpr Words decline_text{
    "We note it and do not ask again. A visit that is booked already stays as it is.",
    "Lo anotamos y no volvemos a preguntar. Una cita ya reservada queda como está."};
inline constexpr Words decline_yes{"Yes, I will not take part", "Sí, no voy a participar"};
inline constexpr Words decline_done{"Thank you for telling us. We have noted it.",
                                    "Gracias por avisar. Lo hemos anotado."};
inline constexpr Words leave{"Leave, and forget this device", "Salir y olvidar este dispositivo"};
inline constexpr Words confirm_title{"Is this right?", "¿Es correcto?"};
inline constexpr Words confirm_move_title{"Move your visit?", "¿Cambiar su cita?"};
inline constexpr Words confirm_book{"Book this time", "Reservar esta hora"};
inline constexpr Words confirm_move{"Move my visit to this time", "Cambiar mi cita a esta hora"};
inline constexpr Words until_now{"Until now: {}", "Hasta ahora: {}"};
inline constexpr Words cancel_title{"Cancel this visit?", "¿Cancelar esta cita?"};
inline constexpr Words cancel_text{"The time is then free for somebody else.",
                                   "La hora queda libre para otra persona."};
inline constexpr Words cancel_yes{"Yes, cancel it", "Sí, cancelarla"};
inline constexpr Words keep{"No, keep it", "No, mantenerla"};
inline constexpr Words done_booked{"You are booked", "Cita reservada"};
inline constexpr Words done_moved{"Your visit is moved", "Su cita se ha cambiado"};
inline constexpr Words done_cancelled{"Your visit is cancelled", "Su cita se ha cancelado"};
inline constexpr Words done_mail{"If you get messages from us, a confirmation is on its way.",
                                 "Si recibe mensajes nuestros, la confirmación está en camino."};
inline constexpr Words to_overview{"To the overview", "Ir al resumen"};
inline constexpr Words picked{"The time that you picked", "La hora que eligió"};
inline constexpr Words picked_gone{
    "The time that you picked is kept for nobody; it has to be chosen anew.",
    "La hora que eligió no está reservada; hay que elegirla de nuevo."};
inline constexpr Words conflict_title{"This is not possible here", "Aquí no es posible"};
inline constexpr Words conflict{
    "It is too late to change this visit here, it has changed in the meantime, or there is nothing "
    "left to book. "
    "Nothing was changed. Please call us.",
    "Es demasiado tarde para cambiar esta cita aquí, ha cambiado entretanto, o ya no queda nada "
    "por reservar. "
    "No se ha cambiado nada. Llámenos, por favor."};
inline constexpr Words sent_title{"What we sent you", "Lo que le enviamos"};
inline constexpr Words nothing_sent{"Nothing yet.", "Nada todavía."};

}  // namespace sealbook::ui::words
