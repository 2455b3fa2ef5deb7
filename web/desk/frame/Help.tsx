import { desk } from "../text/desk";
import { common } from "../../shared/text/common";
import { useText } from "../../shared/text/text";
import { Button } from "../../shared/ui/Button";
import { Dialog } from "../../shared/ui/Dialog";

export function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const d = useText(desk);
  const t = useText(common);
  const groups: Array<[string, Array<[string, string]>]> = [
    [d.keysAll, [["Ctrl K", d.kPalette], ["D", d.kDay], ["G", d.kGrid], ["B", d.kBook], ["/", d.kPeople], ["Ctrl Z", d.kUndo], ["F9", d.kBlank], ["?", d.kHelp]]],
    [d.keysDay, [["↑ ↓", d.kUpDown], ["Enter", d.kOpen], ["C", d.kCheckIn], ["N", d.kNoShow], ["M", d.kMove], ["X", d.kCancel], ["R", d.kReveal], ["Shift R", d.kRevealAll], ["W", d.kWalkIn], ["P", d.kPrint], ["A", d.kCard], ["← →", d.kDays], ["T", d.kToday]]],
    [d.keysBook, [["↓", d.kFound], ["F8", d.kPark]]],
    [d.keysGrid, [["Enter", d.kLift], ["+ −", d.kLonger], ["R", d.kReveal], ["O", d.kOpen], ["Esc", d.kEscape], ["Enter", d.kNew]]],
  ];
  return (
    <Dialog title={d.shortcuts} isOpen={isOpen} onClose={onClose} wide>
      <div className="columns">
        {groups.map(([title, keys]) => (
          <section key={title} className="stack tight">
            <h3>{title}</h3>
            <dl className="facts">{keys.map(([key, what]) => <div key={key + what} className="key-row"><dt><kbd>{key}</kbd></dt><dd className="small">{what}</dd></div>)}</dl>
          </section>
        ))}
      </div>
      <div><Button onPress={onClose} autoFocus>{t.close}</Button></div>
    </Dialog>
  );
}
