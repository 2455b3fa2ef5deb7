// The organisation: what it offers, where, by whom, when, and what its messages say.
import { useState } from "react";
import { useText } from "../../shared/text/text";
import { Tabs } from "../../shared/ui/Field";
import { Waiting, Wrong } from "../../shared/ui/states";
import { useDirectory } from "../data/directory";
import { setupWords } from "../text/setup";
import { Hours } from "./Hours";
import { Messages } from "./Messages";
import { Places, Practitioners, Rooms } from "./Lists";
import { Services } from "./Services";

type Part = "services" | "places" | "practitioners" | "rooms" | "hours" | "messages";
const parts: Part[] = ["services", "places", "practitioners", "rooms", "hours", "messages"];

export function SetupPage() {
  const s = useText(setupWords);
  const directory = useDirectory();
  const [part, setPart] = useState<Part>("services");
  if (directory.error) return <Wrong error={directory.error} />;
  if (!directory.ready) return <Waiting />;
  return (
    <>
      <h1>{s.title}</h1>
      <Tabs<Part> label={s.title} value={part} onChange={setPart} options={parts.map((id) => ({ id, name: s[id] }))} />
      {part === "services" && <Services directory={directory} />}
      {part === "places" && <Places directory={directory} />}
      {part === "practitioners" && <Practitioners directory={directory} />}
      {part === "rooms" && <Rooms directory={directory} />}
      {part === "hours" && <Hours directory={directory} />}
      {part === "messages" && <Messages />}
    </>
  );
}
