// The addresses. Parts of the app that a role never opens are never loaded.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { isDay } from "../shared/time/local";
import { Broken, Missing, MissingHere } from "./Fallback";

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Broken });
const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: lazyRouteComponent(() => import("./SignIn"), "SignIn") });
const enrol = createRoute({ getParentRoute: () => root, path: "/e/$token", component: lazyRouteComponent(() => import("./Enrol"), "Enrol") });

// What the desk looks at stands in the address: no more than ids and days.
export interface DeskSearch { place?: string; day?: string; visit?: string; who?: string }
const id = (value: unknown, prefix: string) => (typeof value === "string" && value.startsWith(prefix) ? value : undefined);
const desk = createRoute({
  getParentRoute: () => root, path: "/desk", component: lazyRouteComponent(() => import("../desk/frame/Desk"), "Desk"), notFoundComponent: MissingHere,
  validateSearch: (search: Record<string, unknown>): DeskSearch => ({
    place: id(search["place"], "loc_"), day: isDay(search["day"]) ? search["day"] : undefined, visit: id(search["visit"], "apt_"), who: id(search["who"], "res_"),
  }),
});
const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => desk, path, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name as never) });

const deskPages = [
  page("/", () => import("../desk/day/DayPage"), "DayPage"),
  page("/grid", () => import("../desk/grid/GridPage"), "GridPage"),
  page("/book", () => import("../desk/book/BookPage"), "BookPage"),
  page("/people", () => import("../desk/people/PeoplePage"), "PeoplePage"),
  page("/people/$id", () => import("../desk/people/PersonPage"), "PersonPage"),
  page("/tasks", () => import("../desk/coordinate/TasksPage"), "TasksPage"),
  page("/events", () => import("../desk/coordinate/EventsPage"), "EventsPage"),
  page("/events/$id", () => import("../desk/coordinate/EventPage"), "EventPage"),
  page("/imports", () => import("../desk/coordinate/ImportsPage"), "ImportsPage"),
  page("/setup", () => import("../desk/setup/SetupPage"), "SetupPage"),
  page("/templates", () => import("../desk/setup/TemplatesPage"), "TemplatesPage"),
  page("/vendors", () => import("../desk/setup/VendorsPage"), "VendorsPage"),
  page("/accounts", () => import("../desk/setup/AccountsPage"), "AccountsPage"),
  page("/journal", () => import("../desk/audit/JournalPage"), "JournalPage"),
  page("/controls", () => import("../desk/audit/ControlsPage"), "ControlsPage"),
  page("/security", () => import("../desk/frame/SecurityPage"), "SecurityPage"),
  page("/design", () => import("../desk/design/DesignPage"), "DesignPage"),
];
const my = createRoute({ getParentRoute: () => root, path: "/my", component: lazyRouteComponent(() => import("../my/Portal"), "Portal"), notFoundComponent: MissingHere });
const myPages = [
  createRoute({ getParentRoute: () => my, path: "/", component: lazyRouteComponent(() => import("../my/VisitsPage"), "VisitsPage") }),
  createRoute({ getParentRoute: () => my, path: "/book", component: lazyRouteComponent(() => import("../my/BookPage"), "BookPage") }),
  createRoute({ getParentRoute: () => my, path: "/messages", component: lazyRouteComponent(() => import("../my/MessagesPage"), "MessagesPage") }),
  createRoute({ getParentRoute: () => my, path: "/me", component: lazyRouteComponent(() => import("../my/MePage"), "MePage") }),
];
const home = createRoute({ getParentRoute: () => root, path: "/", beforeLoad: () => { throw redirect({ href: "/desk/" }); } });

export const router = createRouter({
  routeTree: root.addChildren([home, signIn, enrol, desk.addChildren(deskPages), my.addChildren(myPages)]),
  trailingSlash: "preserve", defaultPreload: false, defaultPendingMs: 150,
});

declare module "@tanstack/react-router" {
  interface Register { router: typeof router }
}
