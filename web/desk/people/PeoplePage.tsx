import { useNavigate } from "@tanstack/react-router";
import { useText } from "../../shared/text/text";
import { PersonSearch } from "../book/PersonChooser";
import { peopleWords } from "../text/people";

export function PeoplePage() {
  const p = useText(peopleWords);
  const navigate = useNavigate();
  return (
    <>
      <h1>{p.title}</h1>
      <section className="card"><PersonSearch draft="people" autoFocus onChoose={(person) => void navigate({ to: "/desk/people/$id", params: { id: person.id }, search: true })} /></section>
    </>
  );
}
