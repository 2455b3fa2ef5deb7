// What a column of an imported file may mean.
import { catalogue } from "../../shared/text/text";

export const fieldNames = catalogue({
  en: { ignore: "nothing", given: "given names", family: "family name", second_family: "second family name", preferred: "called", birth_date: "birth date", email: "e-mail", phone: "phone", address: "address", city: "town", region: "region", postal_code: "post code", country: "country", language: "language", identifier: "number", issuer: "who gave the number", external_id: "id elsewhere", needs: "needs", note: "note", old_id: "old id" },
  es: { ignore: "nada", given: "nombre", family: "primer apellido", second_family: "segundo apellido", preferred: "cómo se le llama", birth_date: "fecha de nacimiento", email: "correo", phone: "teléfono", address: "dirección", city: "ciudad", region: "región", postal_code: "código postal", country: "país", language: "idioma", identifier: "número", issuer: "quién dio el número", external_id: "identificador externo", needs: "necesidades", note: "nota", old_id: "identificador antiguo" },
});
