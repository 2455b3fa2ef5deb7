import { catalogue } from "../../shared/text/text";

export const gridWords = catalogue({
  en: {
    title: "Grid", view: "How many days", one: "Day", three: "3 days", seven: "Week", kind: "What the columns are", practitioners: "Practitioners", rooms: "Rooms",
    hint: "Arrows move through the grid. Enter takes a visit or books at a free time, O opens details.",
    bookAt: (time: string) => `+ Book ${time}`,
    lifted: (name: string) => `${name} taken. Arrows carry, plus and minus change the length, Enter puts down, Escape leaves it where it was.`,
    at: (time: string, who: string) => `${time}, ${who}.`, checking: "Checking …", fits: "Free.", fitsBut: (flags: string) => `Possible, but ${flags}.`, no: (why: string) => `Not here: ${why}`,
    dropped: (when: string) => `Put down at ${when}.`, left: "Left where it was.", length: (n: number) => `${n} minutes long.`, noColumns: "Nobody works here on this day.", free: "outside hours", same: "That is where it is now.",
  },
  es: {
    title: "Parrilla", view: "Cuántos días", one: "Día", three: "3 días", seven: "Semana", kind: "Qué son las columnas", practitioners: "Profesionales", rooms: "Salas",
    hint: "Las flechas recorren la parrilla. Intro toma una cita o reserva en una hora libre, O abre los detalles.",
    bookAt: (time: string) => `+ Reservar ${time}`,
    lifted: (name: string) => `${name}: tomada. Las flechas la llevan, más y menos cambian la duración, Intro la suelta, Escape la deja donde estaba.`,
    at: (time: string, who: string) => `${time}, ${who}.`, checking: "Comprobando …", fits: "Libre.", fitsBut: (flags: string) => `Posible, pero ${flags}.`, no: (why: string) => `Aquí no: ${why}`,
    dropped: (when: string) => `Soltada a las ${when}.`, left: "Se queda donde estaba.", length: (n: number) => `Dura ${n} minutos.`, noColumns: "Nadie trabaja aquí este día.", free: "fuera de horario", same: "Ahí está ahora.",
  },
});
