import { catalogue } from "../../shared/text/text";

export const printWords = catalogue({
  en: {
    daySheet: "Day sheet", time: "Time", who: "Who", withWhom: "With", room: "Room", came: "Came", noSheet: "This page is not for printing. The day sheet and appointment cards are: open the day, then P or A.",
    mark: (who: string, when: string, copy: number) => `Printed by ${who} · ${when} · copy ${copy} today`, shred: "Confidential. To the shredder at the end of the day.", card: "Your appointment", cannot: "You cannot come? Please call", counted: (copy: number) => `Sheet ${copy} of today from this computer.`,
  },
  es: {
    daySheet: "Hoja del día", time: "Hora", who: "Quién", withWhom: "Con", room: "Sala", came: "Vino", noSheet: "Esta página no se imprime. La hoja del día y las tarjetas de cita, sí: abra el día y pulse P o A.",
    mark: (who: string, when: string, copy: number) => `Impreso por ${who} · ${when} · copia ${copy} de hoy`, shred: "Confidencial. A la destructora al acabar el día.", card: "Su cita", cannot: "¿No puede venir? Llame al", counted: (copy: number) => `Hoja ${copy} de hoy en este ordenador.`,
  },
});
