// The patient's own pages: four of them, at the foot of the screen on a phone.
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { read } from "../shared/api/queries";
import { sessionQuery, signOut } from "../shared/api/session";
import { Lockable } from "../shared/lock/Locked";
import { common } from "../shared/text/common";
import { setLanguage, useLanguage, useText } from "../shared/text/text";
import { Button } from "../shared/ui/Button";
import { ReachBanner, Waiting, Wrong } from "../shared/ui/states";
import "../desk/frame/frame.css";
import { myWords } from "./text/my";
import "./my.css";

const idle_ms = 10 * 60_000;

export function Portal() {
  const session = useQuery(sessionQuery);
  const navigate = useNavigate();
  useEffect(() => {
    if (session.data === null) void navigate({ to: "/sign-in", replace: true });
    else if (session.data && session.data.account.role !== "patient") void navigate({ to: "/desk", replace: true });
  }, [session.data, navigate]);
  if (session.isError) return <main className="page"><Wrong error={session.error} again={() => void session.refetch()} /></main>;
  if (!session.data || session.data.account.role !== "patient") return <main className="page"><Waiting /></main>;
  return <Lockable idle_ms={idle_ms}><Frame name={session.data.tenant?.name ?? ""} /></Lockable>;
}

function Frame({ name }: { name: string }) {
  const m = useText(myWords);
  const t = useText(common);
  const language = useLanguage();
  const tenant = useQuery(read("getTenant", {}, 600_000));
  useEffect(() => { document.title = name; }, [name]);
  return (
    <>
      <a className="skip" href="#main">{t.skip}</a>
      <div className="my">
        <header className="my-top"><span className="mark">{name}</span><Button small look="quiet" onPress={() => void signOut()}>{t.signOut}</Button></header>
        <ReachBanner />
        <nav className="my-nav" aria-label={t.menu}>
          {([["/my", m.visits], ["/my/book", m.book], ["/my/messages", m.messages], ["/my/me", m.me]] as const).map(([to, word]) => <Link key={to} to={to} activeOptions={{ exact: to === "/my" }}>{word}</Link>)}
        </nav>
        <main id="main" tabIndex={-1} className="my-main"><Outlet /></main>
        <footer className="my-foot small soft">{tenant.data?.phone && <p>{m.call} <a href={`tel:${tenant.data.phone}`}>{tenant.data.phone}</a></p>}<Button small look="quiet" onPress={() => setLanguage(language === "en" ? "es" : "en")}><span lang={language === "en" ? "es" : "en"}>{language === "en" ? "Español" : "English"}</span></Button></footer>
      </div>
    </>
  );
}
