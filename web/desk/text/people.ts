import { catalogue } from "../../shared/text/text";

export const peopleWords = catalogue({
  en: {
    title: "People", record: "Record", contacts: "Contacts", email: "e-mail", phone: "phone", address: "address", noContacts: "No contact is known.", unsafe: "not safe for messages", verified: "verified", unverified: "not verified", identifiers: "Numbers", language: "Language", needs: "Needs", note: "Note",
    stop: "Stop messages here", allow: "Allow messages again", stopped: "No more messages go there.", allowed: "Messages may go there again.", addContact: "Add a contact", kind: "Kind", value: "Address or number", whose: "Whose", detail: "How much messages say", neutral: "neither day nor time", time: "day and time", detailSaved: "Kept. Messages follow it from now on.", change: "Change the record", saved: "The record is saved.", book: "Book a visit", back: "Search again", removed: "Removed.",
  },
  es: {
    title: "Personas", record: "Ficha", contacts: "Contactos", email: "correo", phone: "teléfono", address: "dirección", noContacts: "No se conoce ningún contacto.", unsafe: "no es seguro para mensajes", verified: "comprobado", unverified: "sin comprobar", identifiers: "Números", language: "Idioma", needs: "Necesidades", note: "Nota",
    stop: "No enviar más aquí", allow: "Permitir mensajes de nuevo", stopped: "Ya no se envían mensajes ahí.", allowed: "Se pueden enviar mensajes de nuevo.", addContact: "Añadir un contacto", kind: "Clase", value: "Dirección o número", whose: "De quién", detail: "Cuánto dicen los mensajes", neutral: "ni día ni hora", time: "día y hora", detailSaved: "Guardado. Los mensajes lo siguen desde ahora.", change: "Cambiar la ficha", saved: "La ficha está guardada.", book: "Reservar una cita", back: "Buscar otra vez", removed: "Quitado.",
  },
});
