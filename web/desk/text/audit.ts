import { catalogue } from "../../shared/text/text";

export const auditWords = catalogue({
  en: {
    journal: "Journal", filters: "Filters", from: "From", until: "Until", action: "Action", anyAction: "Anything", resource: "Thing", resourceHint: "An id, such as apt_…", actor: "By account", actorHint: "An id, such as acc_…", when: "When", who: "Who", what: "What", role: "Role", about: "About", verify: "Verify", noEntries: "No entry fits.", more: "Older entries",
    system: "the program", anonymous: "anonymous", link: "a personal link", account: "an account", entry: "Entry",
    proofTitle: "Is this entry in the log?", proofHow: "The entry's hash and its siblings are hashed in this browser up to the root, and compared with the root of the signed checkpoint.", proves: "Yes. The root that this browser computed is the checkpoint's.", failsProof: "No. The computed root is not the checkpoint's. Tell whoever runs this server.", computing: "Computing …", index: "Place in the log", size: "Size of the tree", leaf: "Leaf", root: "Computed root", checkpointRoot: "Checkpoint's root", steps: "Siblings",
    controls: "Controls", all: "All", state: { enforced: "enforced", partial: "partial", attested: "attested", absent: "absent" }, evidence: "Evidence", missing: "Missing", verifyBy: "Verified by", source: "Source", age: (when: string) => `as of ${when}`, noControls: "No control fits.", search: "Search", regime: "The organisation's regime", family: "Family", evidenceN: (n: number) => (n === 1 ? "1 piece of evidence" : `${n} pieces of evidence`),
  },
  es: {
    journal: "Registro", filters: "Filtros", from: "Desde", until: "Hasta", action: "Acción", anyAction: "Cualquiera", resource: "Objeto", resourceHint: "Un identificador, como apt_…", actor: "Por la cuenta", actorHint: "Un identificador, como acc_…", when: "Cuándo", who: "Quién", what: "Qué", role: "Función", about: "Sobre", verify: "Comprobar", noEntries: "Ninguna entrada encaja.", more: "Entradas anteriores",
    system: "el programa", anonymous: "anónimo", link: "un enlace personal", account: "una cuenta", entry: "Entrada",
    proofTitle: "¿Está esta entrada en el registro?", proofHow: "El resumen de la entrada y sus vecinos se calculan en este navegador hasta la raíz, y se comparan con la raíz del punto de control firmado.", proves: "Sí. La raíz que calculó este navegador es la del punto de control.", failsProof: "No. La raíz calculada no es la del punto de control. Avise a quien lleva este servidor.", computing: "Calculando …", index: "Lugar en el registro", size: "Tamaño del árbol", leaf: "Hoja", root: "Raíz calculada", checkpointRoot: "Raíz del punto de control", steps: "Vecinos",
    controls: "Controles", all: "Todos", state: { enforced: "en vigor", partial: "parcial", attested: "declarado", absent: "ausente" }, evidence: "Pruebas", missing: "Falta", verifyBy: "Se comprueba con", source: "Fuente", age: (when: string) => `a fecha de ${when}`, noControls: "Ningún control encaja.", search: "Buscar", regime: "El régimen de la organización", family: "Familia", evidenceN: (n: number) => (n === 1 ? "1 prueba" : `${n} pruebas`),
  },
});
