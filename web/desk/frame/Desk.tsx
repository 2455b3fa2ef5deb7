// The frame of the desk: pages on the left (below a button on a phone), place and time zone above,
// the palette under Ctrl+K, shortcuts under ?. Without a session it leads to the sign-in page.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { sessionQuery, signOut, type Session } from "../../shared/api/session";
import { lock } from "../../shared/lock/lock";
import { Lockable } from "../../shared/lock/Locked";
import { lockWords } from "../../shared/lock/text";
import { common } from "../../shared/text/common";
import { setLanguage, useLanguage, useText } from "../../shared/text/text";
import { useFormat } from "../../shared/time/format";
import { Badge } from "../../shared/ui/Badge";
import { Button } from "../../shared/ui/Button";
import { Choice } from "../../shared/ui/Field";
import { useKeys } from "../../shared/ui/keys";
import { ReachBanner, Waiting, Wrong } from "../../shared/ui/states";
import { useParked } from "../data/booking";
import { useDirectory } from "../data/directory";
import { useSite } from "../data/seen";
import { PrintRegion } from "../print/Printing";
import { bookWords } from "../text/book";
import { desk, names, wordOf } from "../text/desk";
import { pages } from "./pages";
import { useLooking } from "./place";
import "./frame.css";

// Not needed before somebody asks; fetched while nothing else is.
const loadPalette = () => import("./Palette"), loadHelp = () => import("./Help");
const Palette = lazy(() => loadPalette().then((each) => ({ default: each.Palette }))), Help = lazy(() => loadHelp().then((each) => ({ default: each.Help })));
const fetch_after_ms = 4000;

const idle_ms = 5 * 60_000; // the session itself ends after fifteen minutes

export function Desk() {
  const session = useQuery(sessionQuery);
  const navigate = useNavigate();
  useEffect(() => {
    if (session.data === null) void navigate({ to: "/sign-in", replace: true });
    else if (session.data?.account.role === "patient") void navigate({ to: "/my", replace: true });
  }, [session.data, navigate]);
  if (session.isError) return <main className="page"><Wrong error={session.error} again={() => void session.refetch()} /></main>;
  if (!session.data) return <main className="page"><Waiting /></main>;
  return <Lockable idle_ms={idle_ms}><Frame session={session.data} /></Lockable>;
}

function Frame({ session }: { session: Session }) {
  const t = useText({ en: { ...common.en, ...desk.en }, es: { ...common.es, ...desk.es } });
  const l = useText(lockWords);
  const parked = useParked();
  const b = useText(bookWords);
  const [open, setOpen] = useState<"palette" | "help" | "menu" | null>(null);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useEffect(() => setOpen((was) => (was === "menu" ? null : was)), [pathname]);
  useEffect(() => { const timer = setTimeout(() => { void loadPalette(); void loadHelp(); }, fetch_after_ms); return () => clearTimeout(timer); }, []);
  useEffect(() => { document.title = session.tenant ? `sealbook · ${session.tenant.name}` : "sealbook"; }, [session.tenant]);
  const mine = pages.filter((page) => session.permissions.includes(page.needs));
  useKeys({
    "ctrl+k": () => setOpen((was) => (was === "palette" ? null : "palette")),
    "?": () => setOpen("help"),
    ...Object.fromEntries(mine.flatMap((page) => (page.key ? [[page.key, () => void navigate({ to: page.to, search: true })]] : []))),
  });
  return (
    <>
      <a className="skip" href="#main">{t.skip}</a>
      <div className={open === "menu" ? "desk open" : "desk"}>
        <header className="top">
          <span className="mark">{session.tenant?.name ?? t.app}</span>
          <Button look="quiet" small onPress={() => setOpen("palette")} aria-keyshortcuts="Control+K"><Glass /><span className="wide-only">{t.palette} <kbd>Ctrl K</kbd></span></Button>
          <Button look="quiet" small onPress={() => lock("blank")} aria-keyshortcuts="F9"><Blank /><span className="hidden">{l.blankNow}</span> <kbd>F9</kbd></Button>
          <span className="only-small"><Button small onPress={() => setOpen(open === "menu" ? null : "menu")} aria-expanded={open === "menu"}>{t.menu}</Button></span>
        </header>
        <nav className="side" aria-label={t.navigation}>
          {(["desk", "work", "admin", "audit"] as const).map((group) => {
            const some = mine.filter((page) => page.group === group);
            return some.length > 0 && (
              <ul key={group}>{some.map((page) => (
                <li key={page.to}><Link to={page.to} search={true} activeOptions={{ exact: page.to === "/desk/", includeSearch: false }} className="side-link"><span>{t[page.word]}{page.word === "book" && parked.length > 0 && <span className="badge gold count" aria-label={b.asideCount(parked.length)}>{parked.length}</span>}</span>{page.key && <kbd aria-hidden="true">{page.key}</kbd>}</Link></li>
              ))}</ul>
            );
          })}
          <Who session={session} onHelp={() => setOpen("help")} />
        </nav>
        <div className="body">
          <ReachBanner />
          {session.permissions.includes("directory.view") && <PlaceBar />}
          <main id="main" tabIndex={-1} className="page"><Outlet /></main>
        </div>
      </div>
      <Suspense>
        {open === "palette" && <Palette isOpen onClose={() => setOpen(null)} onHelp={() => setOpen("help")} pages={mine} />}
        {open === "help" && <Help isOpen onClose={() => setOpen(null)} />}
      </Suspense>
      <PrintRegion />
    </>
  );
}

const Glass = () => <svg className="glass" viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6.5" /><path d="M15.5 15.5 21 21" /></svg>;
const Blank = () => <svg className="glass always" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6Z" /><path d="M4 20 20 4" /></svg>;

function Who({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const t = useText(common);
  const d = useText(desk);
  const n = useText(names);
  const l = useText(lockWords);
  const language = useLanguage();
  return (
    <div className="who">
      <p className="small"><span className="soft">{wordOf(n.role, session.account.role)}</span>{session.account.label && <><br />{session.account.label}</>}</p>
      <div className="acts">
        <Button small look="quiet" onPress={onHelp}>{d.help} <kbd>?</kbd></Button>
        <Link to="/desk/security" search={true} className="button quiet small">{d.sessions}</Link>
        <Button small look="quiet" onPress={() => lock("asked")} aria-label={l.lockNow}>{d.lock}</Button>
        <Button small look="quiet" onPress={() => setLanguage(language === "en" ? "es" : "en")}><span lang={language === "en" ? "es" : "en"}>{language === "en" ? "Español" : "English"}</span></Button>
        <Button small look="quiet" onPress={() => void signOut()}>{t.signOut}</Button>
      </div>
    </div>
  );
}

function PlaceBar() {
  const d = useText(desk);
  const format = useFormat();
  const directory = useDirectory();
  const looking = useLooking(directory);
  const [site, chooseSite] = useSite();
  const { pathname } = useLocation();
  if (!directory.ready || !["/desk", "/desk/", "/desk/grid", "/desk/book"].includes(pathname)) return null;
  const grid = pathname === "/desk/grid"; // one place at a time
  return (
    <section className="place-bar" aria-label={d.place}>
      <div className="place-choice"><Choice label={d.place} value={looking.place ?? (grid ? (directory.locations[0]?.id ?? "") : "")} onChange={(place) => looking.change({ place: place || undefined, visit: undefined })} options={directory.locations} empty={grid ? undefined : d.allPlaces} /></div>
      <span className="small soft">{format.zone(looking.zone)}</span>
      {looking.place && (site === looking.place ? <Badge tone="good">{d.isMySite}</Badge> : <Button small look="quiet" onPress={() => chooseSite(looking.place ?? "")}>{d.mySite}</Button>)}
    </section>
  );
}
