// Words of the desk's frame and of its day.
import { catalogue } from "../../shared/text/text";

export const desk = catalogue({
  en: {
    day: "Day", grid: "Grid", book: "Book", people: "People", tasks: "Tasks", events: "Events", imports: "Imports", setup: "Set-up", templates: "Templates", vendors: "Vendors", accounts: "Accounts", journal: "Journal", controls: "Controls", design: "Design system", sessions: "Security",
    navigation: "Pages", place: "Place", allPlaces: "All places", palette: "Go to or do …", paletteHint: "Type what you want to do or where to go.", shortcuts: "Keyboard shortcuts", help: "Shortcuts", noMatch: "Nothing is called that.",
    visits: (n: number) => (n === 1 ? "1 visit" : `${n} visits`), expected: (n: number) => `${n} still to come`, here: (n: number) => `${n} here`,
    hiddenName: "Name hidden", thePerson: "the person", showName: "Show the name", showNames: (n: number) => (n === 1 ? "Show 1 name" : `Show ${n} names`), namesHidden: "Names are hidden: this is not today at your site. Showing them is noted in the journal.",
    mySite: "This is my site", isMySite: "Your site", late: (n: number) => `${n} min late`, lateTally: (n: number) => `${n} late`, walkIn: "Walk-in", printDay: "Print the day", printCard: "Print a card", search: "Search", findPerson: (text: string) => `Find the person “${text}”`, lock: "Lock",
    noVisits: "No visits on this day.", noVisitsMatch: "No visit of this day fits the filter.", dayOf: "Day", clinician: "Practitioner", everybody: "Everybody", showCancelled: "Show cancelled", now: "now",
    checkIn: "Check in", noShow: "Did not come", move: "Move", cancelVisit: "Cancel visit", reassign: "Give to somebody else", reinstate: "Bring back", note: "Note", saveNote: "Save note", noteKept: "Note saved.", noNote: "No note.", openPerson: "Open record", details: "Details of the visit", close: "Close details",
    when: "When", where: "Where", who: "With", service: "For", room: "Room", person: "Person", born: (date: string) => `born ${date}`, phoneTail: (tail: string) => `phone …${tail}`, status: "State", answered: "Answer", flags: "Note that", sent: "Messages", minutes: (n: number) => `${n} min`,
    checkedIn: (name: string) => `Checked in: ${name}.`, markedNoShow: (name: string) => `Marked as not come: ${name}.`, cancelled: (name: string) => `The visit of ${name} is cancelled.`, moved: (when: string) => `Moved to ${when}.`, reassigned: (to: string) => `Given to ${to}.`, reinstated: "The visit stands again.", booked: (when: string) => `Booked for ${when}.`, resized: "The length is changed.",
    whyCancel: "Why is it cancelled?", cancelNow: "Cancel this visit", whyReinstate: "Why does it stand again?", giveTo: "Who takes it?", whyReassign: "Why?", giveNow: "Give it to them", thisVisit: "this person",
    changedElsewhere: "Somebody changed this visit just now. You now see how it stands; nothing you typed is lost.",
    keysDay: "In the list of visits", keysGrid: "In the grid", keysAll: "Everywhere", keysBook: "While booking", kPark: "Put the booking aside", kReveal: "Show the name", kRevealAll: "Show all names of the day", kWalkIn: "Somebody without an appointment", kPrint: "Print the day sheet", kCard: "Print an appointment card", kBlank: "Blank the screen at once", kLock: "Lock the screen", kFound: "Down into what was found", kDay: "Go to the day", kGrid: "Go to the grid", kBook: "Book a visit", kPeople: "Search people", kPalette: "Go to or do anything", kHelp: "These shortcuts", kUndo: "Undo the last change", kUpDown: "Next or previous visit", kOpen: "Open the details", kCheckIn: "Check in", kNoShow: "Did not come", kMove: "Move", kCancel: "Cancel", kDays: "Earlier or later day", kToday: "Today", kLift: "Take a visit, carry it with the arrows, put it down", kNew: "Book at the marked time", kLonger: "Make it longer or shorter", kEscape: "Leave it where it was",
  },
  es: {
    day: "Día", grid: "Parrilla", book: "Reservar", people: "Personas", tasks: "Tareas", events: "Eventos", imports: "Importaciones", setup: "Ajustes", templates: "Plantillas", vendors: "Proveedores", accounts: "Cuentas", journal: "Registro", controls: "Controles", design: "Sistema de diseño", sessions: "Seguridad",
    navigation: "Páginas", place: "Lugar", allPlaces: "Todos los lugares", palette: "Ir a o hacer …", paletteHint: "Escriba qué quiere hacer o adónde ir.", shortcuts: "Atajos de teclado", help: "Atajos", noMatch: "Nada se llama así.",
    visits: (n: number) => (n === 1 ? "1 cita" : `${n} citas`), expected: (n: number) => `${n} por venir`, here: (n: number) => `${n} aquí`,
    hiddenName: "Nombre oculto", thePerson: "la persona", showName: "Mostrar el nombre", showNames: (n: number) => (n === 1 ? "Mostrar 1 nombre" : `Mostrar ${n} nombres`), namesHidden: "Los nombres están ocultos: no es hoy en su sede. Mostrarlos queda en el registro.",
    mySite: "Esta es mi sede", isMySite: "Su sede", late: (n: number) => `${n} min de retraso`, lateTally: (n: number) => `${n} con retraso`, walkIn: "Sin cita", printDay: "Imprimir el día", printCard: "Imprimir tarjeta", search: "Buscar", findPerson: (text: string) => `Buscar a la persona «${text}»`, lock: "Bloquear",
    noVisits: "Ninguna cita este día.", noVisitsMatch: "Ninguna cita de este día encaja con el filtro.", dayOf: "Día", clinician: "Profesional", everybody: "Todos", showCancelled: "Mostrar canceladas", now: "ahora",
    checkIn: "Registrar llegada", noShow: "No vino", move: "Cambiar hora", cancelVisit: "Cancelar cita", reassign: "Dar a otra persona", reinstate: "Recuperar", note: "Nota", saveNote: "Guardar nota", noteKept: "Nota guardada.", noNote: "Sin nota.", openPerson: "Abrir ficha", details: "Detalles de la cita", close: "Cerrar detalles",
    when: "Cuándo", where: "Dónde", who: "Con", service: "Para", room: "Sala", person: "Persona", born: (date: string) => `nacimiento: ${date}`, phoneTail: (tail: string) => `tel. …${tail}`, status: "Estado", answered: "Respuesta", flags: "Atención", sent: "Mensajes", minutes: (n: number) => `${n} min`,
    checkedIn: (name: string) => `Llegada registrada: ${name}.`, markedNoShow: (name: string) => `${name}: marcada como no venida.`, cancelled: (name: string) => `La cita de ${name} está cancelada.`, moved: (when: string) => `Cambiada a ${when}.`, reassigned: (to: string) => `Ahora con ${to}.`, reinstated: "La cita vuelve a estar en pie.", booked: (when: string) => `Reservada para ${when}.`, resized: "La duración ha cambiado.",
    whyCancel: "¿Por qué se cancela?", cancelNow: "Cancelar esta cita", whyReinstate: "¿Por qué se recupera?", giveTo: "¿Quién la toma?", whyReassign: "¿Por qué?", giveNow: "Dársela", thisVisit: "esta persona",
    changedElsewhere: "Alguien acaba de cambiar esta cita. Ahora ve cómo está; nada de lo escrito se pierde.",
    keysDay: "En la lista de citas", keysGrid: "En la parrilla", keysAll: "En todas partes", keysBook: "Al reservar", kPark: "Apartar la reserva", kReveal: "Mostrar el nombre", kRevealAll: "Mostrar todos los nombres del día", kWalkIn: "Alguien sin cita", kPrint: "Imprimir la hoja del día", kCard: "Imprimir una tarjeta de cita", kBlank: "Ocultar la pantalla al instante", kLock: "Bloquear la pantalla", kFound: "Bajar a lo encontrado", kDay: "Ir al día", kGrid: "Ir a la parrilla", kBook: "Reservar una cita", kPeople: "Buscar personas", kPalette: "Ir a o hacer cualquier cosa", kHelp: "Estos atajos", kUndo: "Deshacer el último cambio", kUpDown: "Cita siguiente o anterior", kOpen: "Abrir los detalles", kCheckIn: "Registrar llegada", kNoShow: "No vino", kMove: "Cambiar hora", kCancel: "Cancelar", kDays: "Día anterior o siguiente", kToday: "Hoy", kLift: "Tomar una cita, llevarla con las flechas, soltarla", kNew: "Reservar en la hora marcada", kLonger: "Alargarla o acortarla", kEscape: "Dejarla donde estaba",
  },
});

export const names = catalogue({
  en: {
    status: { proposed: "proposed", pending: "pending", booked: "booked", arrived: "here", fulfilled: "seen", cancelled: "cancelled", noshow: "did not come", "entered-in-error": "entered in error", "checked-in": "checked in", waitlist: "waiting list" },
    answer: { "needs-action": "not confirmed", accepted: "is coming", declined: "declined", tentative: "not sure" },
    cancel: { patient_request: "The person asked for it", clinic_request: "We asked for it", practitioner_unavailable: "The practitioner is away", room_unavailable: "The room is not free", site_closed: "The place is closed", booked_in_error: "Booked in error", duplicate: "Booked twice", no_longer_needed: "No longer needed", rescheduled_elsewhere: "Booked elsewhere", deceased: "The person has died" },
    reassign: { practitioner_unavailable: "The practitioner is away", patient_request: "The person asked for it", workload: "To share the work", booked_in_error: "Booked in error" },
    reinstate: { cancelled_in_error: "It was cancelled in error", patient_came_after_all: "The person came after all", marked_in_error: "It was marked in error" },
    override: { urgent_need: "Urgent need", walk_in: "Walk-in", patient_agreed: "The person agreed", practitioner_agreed: "The practitioner agreed", late_entry: "Entered late", data_correction: "To correct the record" },
    flag: { outside_hours: "outside the usual hours", closure: "while closed", overlap: "at the same time as another visit", notice: "sooner than usually allowed", horizon: "further ahead than usually allowed", off_grid: "at an unusual start" },
    role: { super_admin: "Instance administrator", admin: "Administrator", scheduler: "Scheduler", front_desk: "Front desk", provider: "Practitioner", billing: "Billing", auditor: "Auditor", patient: "Patient" },
    channel: { email: "e-mail", sms: "SMS", voice: "call", letter: "letter", portal: "portal" },
    purpose: { invitation: "invitation", invitation_again: "invitation, again", code: "code", confirmation: "confirmation", change: "change", cancellation: "cancellation", reminder: "reminder" },
    messageState: { sending: "on its way", handed_over: "sent", withdrawn: "withdrawn", refused: "not sent", bounced: "came back", failed: "failed" },
  },
  es: {
    status: { proposed: "propuesta", pending: "pendiente", booked: "reservada", arrived: "aquí", fulfilled: "atendida", cancelled: "cancelada", noshow: "no vino", "entered-in-error": "anotada por error", "checked-in": "registrada", waitlist: "lista de espera" },
    answer: { "needs-action": "sin confirmar", accepted: "vendrá", declined: "rechazó", tentative: "no sabe" },
    cancel: { patient_request: "La persona lo pidió", clinic_request: "Lo pedimos nosotros", practitioner_unavailable: "Falta el profesional", room_unavailable: "La sala no está libre", site_closed: "El lugar está cerrado", booked_in_error: "Reservada por error", duplicate: "Reservada dos veces", no_longer_needed: "Ya no hace falta", rescheduled_elsewhere: "Reservada en otro sitio", deceased: "La persona ha fallecido" },
    reassign: { practitioner_unavailable: "Falta el profesional", patient_request: "La persona lo pidió", workload: "Para repartir el trabajo", booked_in_error: "Reservada por error" },
    reinstate: { cancelled_in_error: "Se canceló por error", patient_came_after_all: "La persona vino al final", marked_in_error: "Se marcó por error" },
    override: { urgent_need: "Necesidad urgente", walk_in: "Sin cita", patient_agreed: "La persona está de acuerdo", practitioner_agreed: "El profesional está de acuerdo", late_entry: "Anotada tarde", data_correction: "Para corregir los datos" },
    flag: { outside_hours: "fuera del horario habitual", closure: "en horas de cierre", overlap: "a la vez que otra cita", notice: "antes de lo permitido", horizon: "más lejos de lo permitido", off_grid: "a una hora poco habitual" },
    role: { super_admin: "Administración de la instancia", admin: "Administración", scheduler: "Planificación", front_desk: "Recepción", provider: "Profesional", billing: "Facturación", auditor: "Auditoría", patient: "Paciente" },
    channel: { email: "correo", sms: "SMS", voice: "llamada", letter: "carta", portal: "portal" },
    purpose: { invitation: "invitación", invitation_again: "invitación, otra vez", code: "código", confirmation: "confirmación", change: "cambio", cancellation: "cancelación", reminder: "recordatorio" },
    messageState: { sending: "en camino", handed_over: "enviado", withdrawn: "retirado", refused: "no enviado", bounced: "devuelto", failed: "fallido" },
  },
});

// A word of one of those lists; a value that is newer than this page shows as it is.
export function wordOf(list: Record<string, string>, value: string): string {
  return list[value] ?? value.replaceAll("_", " ");
}
export function optionsOf(list: Record<string, string>): Array<{ id: string; name: string }> {
  return Object.entries(list).map(([id, name]) => ({ id, name }));
}
