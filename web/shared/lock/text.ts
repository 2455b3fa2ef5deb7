import { catalogue } from "../text/text";

export const lockWords = catalogue({
  en: {
    idleTitle: "Locked", idle: "Nobody has used this page for a while. What you typed is kept.", askedTitle: "Locked", asked: "What you typed is kept.", blankTitle: "Nothing to see here", blank: "",
    endedTitle: "You are signed out", ended: "What you typed stays on this page while you sign in in another window.",
    goOn: "Go on", unlock: "Unlock with your passkey", signIn: "Sign in", continueHere: "I am signed in again", signOut: "Sign out", other: "Somebody else? Sign out first.", still: "You are not signed in yet.", cancelled: "No passkey was chosen.",
    soon: "This page locks in half a minute. Touch any key to stay.", lockNow: "Lock the screen", blankNow: "Blank the screen at once",
  },
  es: {
    idleTitle: "Bloqueada", idle: "Nadie ha usado esta página desde hace un rato. Lo escrito se conserva.", askedTitle: "Bloqueada", asked: "Lo escrito se conserva.", blankTitle: "Aquí no hay nada que ver", blank: "",
    endedTitle: "Se ha cerrado su sesión", ended: "Lo escrito queda en esta página mientras entra en otra ventana.",
    goOn: "Seguir", unlock: "Desbloquear con su llave", signIn: "Entrar", continueHere: "Ya he entrado", signOut: "Cerrar sesión", other: "¿Otra persona? Cierre antes la sesión.", still: "Aún no ha entrado.", cancelled: "No se eligió ninguna llave.",
    soon: "Esta página se bloquea en medio minuto. Pulse una tecla para seguir.", lockNow: "Bloquear la pantalla", blankNow: "Ocultar la pantalla al instante",
  },
});
