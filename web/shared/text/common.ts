// Words that stand everywhere.
import { catalogue } from "./text";

export const common = catalogue({
  en: {
    app: "sealbook", save: "Save", cancel: "Back", close: "Close", remove: "Remove", add: "Add", edit: "Change", search: "Search", more: "Show more",
    undo: "Undo", undone: "Undone.", loading: "Loading …", nothing: "Nothing here.", tryAgain: "Try again", today: "Today", previous: "Earlier", next: "Later",
    language: "Language", signOut: "Sign out", skip: "Skip to the content", optional: "optional", yes: "Yes", no: "No", all: "All", none: "None", choose: "Choose …", active: "In use", inactive: "Not in use",
    lost: "No connection. You can go on reading; what you typed stays here.", slow: "The server is slow to answer. Nothing is lost.", back: "Connected again.",
    menu: "Menu", notHere: "There is no such page.", goBack: "Back to the start", broke: "This page has stopped.", reload: "Load it again", notYours: "Your role does not open this page.",
    from: "From", until: "Until", name: "Name", saved: "Saved.",
  },
  es: {
    app: "sealbook", save: "Guardar", cancel: "Volver", close: "Cerrar", remove: "Quitar", add: "Añadir", edit: "Cambiar", search: "Buscar", more: "Mostrar más",
    undo: "Deshacer", undone: "Deshecho.", loading: "Cargando …", nothing: "Aquí no hay nada.", tryAgain: "Intentar de nuevo", today: "Hoy", previous: "Antes", next: "Después",
    language: "Idioma", signOut: "Cerrar sesión", skip: "Ir al contenido", optional: "opcional", yes: "Sí", no: "No", all: "Todos", none: "Ninguno", choose: "Elija …", active: "En uso", inactive: "Fuera de uso",
    lost: "Sin conexión. Puede seguir leyendo; lo escrito se conserva.", slow: "El servidor tarda en responder. No se pierde nada.", back: "Conexión restablecida.",
    menu: "Menú", notHere: "No existe esa página.", goBack: "Volver al inicio", broke: "Esta página se ha detenido.", reload: "Cargarla de nuevo", notYours: "Su función no abre esta página.",
    from: "Desde", until: "Hasta", name: "Nombre", saved: "Guardado.",
  },
});
