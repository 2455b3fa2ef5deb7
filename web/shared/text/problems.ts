// What a refusal means, as a plain sentence: by its rule at a field, else by the kind of problem.
import { Problem, Unreachable } from "../api/call";
import { catalogue, language, say } from "./text";

const kinds = catalogue({
  en: {
    "unauthenticated": "You are signed out. Sign in again; what you typed stays here.",
    "step-up-required": "Confirm with your passkey that it is you.",
    "forbidden": "Your role does not allow this.",
    "not-found": "That is not here any more.",
    "slot-taken": "That time has just been taken.",
    "offer-stale": "That time is no longer offered. Choose again.",
    "state-conflict": "It has changed in the meantime. Look at it again.",
    "precondition-failed": "Somebody changed it before you. You now see how it stands.",
    "version-moved": "Somebody keeps changing it. Try again.",
    "invalid": "Something here breaks a rule.",
    "outside-hours": "That time is outside the bookable hours.",
    "rate-limited": "That was a lot at once. Wait a moment, then try again.",
    "unavailable": "Not possible just now. Try again in a moment.",
    "cross-site": "This page is out of date. Load it again.",
    "malformed-json": "The server could not read the request.",
    "unsupported-media-type": "The server could not read the request.",
    "internal": "Something broke on our side. Nothing was changed.",
    unreachable: "The server cannot be reached. What you typed stays here.",
    unknown: "That did not work. Try again.",
  },
  es: {
    "unauthenticated": "Se ha cerrado su sesión. Entre de nuevo; lo escrito se conserva.",
    "step-up-required": "Confirme con su llave de acceso que es usted.",
    "forbidden": "Su función no permite esto.",
    "not-found": "Eso ya no está aquí.",
    "slot-taken": "Esa hora se acaba de ocupar.",
    "offer-stale": "Esa hora ya no se ofrece. Elija de nuevo.",
    "state-conflict": "Ha cambiado entretanto. Mírelo de nuevo.",
    "precondition-failed": "Alguien lo cambió antes que usted. Ahora ve cómo está.",
    "version-moved": "Alguien lo sigue cambiando. Inténtelo de nuevo.",
    "invalid": "Algo aquí incumple una regla.",
    "outside-hours": "Esa hora queda fuera del horario.",
    "rate-limited": "Demasiado a la vez. Espere un momento e inténtelo de nuevo.",
    "unavailable": "Ahora mismo no es posible. Inténtelo dentro de un momento.",
    "cross-site": "Esta página está anticuada. Cárguela de nuevo.",
    "malformed-json": "El servidor no pudo leer la petición.",
    "unsupported-media-type": "El servidor no pudo leer la petición.",
    "internal": "Algo falló de nuestro lado. No se cambió nada.",
    unreachable: "No se puede llegar al servidor. Lo escrito se conserva.",
    unknown: "No ha funcionado. Inténtelo de nuevo.",
  },
});

// Rules whose English detail the server words itself; here in Spanish, by rule.
const rules: Record<string, string> = {
  required: "Falta este dato.", format: "No tiene la forma esperada.", email: "Hace falta una dirección de correo.",
  range: "Está fuera de lo posible.", min: "Es demasiado poco.", max: "Es demasiado.", length: "Es demasiado largo.", unique: "Ya existe.",
  unknown: "No se conoce.", notice: "Es demasiado pronto para reservar.", horizon: "Es demasiado lejos para reservar.",
  grid: "A esa hora no empiezan citas.", closed: "A esa hora está cerrado.", overlap: "A esa hora hay otra cita.", offered: "El servicio no se da en ese lugar.",
  place: "Ningún lugar da ese servicio con esos recursos.", active: "Ese servicio ya no se ofrece.", characters: "Lleva un carácter que aquí no cabe.",
  one_of: "Escriba algo para buscar.", whole_minute: "Una cita empieza en un minuto entero.", level: "Dice más de lo que este canal puede llevar.",
};

export function sentenceOf(error: unknown): string {
  const words = say(kinds);
  if (error instanceof Unreachable || error instanceof TypeError) return words.unreachable;
  if (!(error instanceof Problem)) return words.unknown;
  const first = error.fields[0];
  if (error.slug === "invalid" && first) return fieldSentence(first);
  return words[error.slug as keyof typeof words] ?? (language() === "en" ? error.body.title : words.unknown);
}

function fieldSentence(field: { rule: string; detail: string }): string {
  return language() === "en" ? field.detail : (rules[field.rule] ?? say(kinds).invalid);
}

// The sentences by the pointers they belong to: {"/birth_date": "…"}.
export function fieldSentences(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.fields.map((field) => [field.pointer, fieldSentence(field)]));
}
