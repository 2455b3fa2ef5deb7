// The pages of the desk and the permission that opens each.
import type { desk } from "../text/desk";

type Word = keyof typeof desk.en;
export interface DeskPage {
  to: string;
  word: Word & ("day" | "grid" | "book" | "people" | "tasks" | "events" | "imports" | "setup" | "templates" | "vendors" | "accounts" | "journal" | "controls");
  needs: string;
  key?: string;
  group: "desk" | "work" | "admin" | "audit";
}
export const pages: DeskPage[] = [
  { to: "/desk/", word: "day", needs: "appointment.view", key: "d", group: "desk" },
  { to: "/desk/grid", word: "grid", needs: "appointment.view", key: "g", group: "desk" },
  { to: "/desk/book", word: "book", needs: "appointment.create", key: "b", group: "desk" },
  { to: "/desk/people", word: "people", needs: "patient.search", key: "/", group: "desk" },
  { to: "/desk/tasks", word: "tasks", needs: "task.manage", group: "work" },
  { to: "/desk/events", word: "events", needs: "event.manage", group: "work" },
  { to: "/desk/imports", word: "imports", needs: "participant.import", group: "work" },
  { to: "/desk/setup", word: "setup", needs: "directory.manage", group: "admin" },
  { to: "/desk/templates", word: "templates", needs: "template.manage", group: "admin" },
  { to: "/desk/vendors", word: "vendors", needs: "vendor.manage", group: "admin" },
  { to: "/desk/accounts", word: "accounts", needs: "role.grant", group: "admin" },
  { to: "/desk/journal", word: "journal", needs: "audit.read", group: "audit" },
  { to: "/desk/controls", word: "controls", needs: "posture.read", group: "audit" },
];
