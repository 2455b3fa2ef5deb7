// Fields with their label, a hint and the sentence that says what to mend.
import { useId, type ReactNode } from "react";
import { FieldError, Input, Label, Radio, RadioGroup, Text, TextArea, TextField } from "react-aria-components";
import { useText } from "../text/text";
import { common } from "../text/common";

interface Shared {
  label: string;
  hint?: string;
  wrong?: string;
  optional?: boolean;
}
export interface TextProps extends Shared {
  value: string;
  onChange(value: string): void;
  type?: "text" | "email" | "tel" | "date" | "time" | "datetime-local" | "number" | "search";
  many?: boolean;
  autoFocus?: boolean;
  autoComplete?: string;
  maxLength?: number;
  isDisabled?: boolean;
  inputMode?: "numeric";
  placeholder?: string;
}

export function TextInput({ label, hint, wrong, optional, many, inputMode, placeholder, ...rest }: TextProps) {
  const t = useText(common);
  return (
    <TextField {...rest} className="field" isInvalid={Boolean(wrong)} validationBehavior="aria">
      <Label>{label}{optional && <span className="soft"> · {t.optional}</span>}</Label>
      {hint && <Text slot="description" className="hint">{hint}</Text>}
      {many ? <TextArea /> : <Input inputMode={inputMode} placeholder={placeholder} />}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
}

export interface SelectProps extends Shared {
  value: string;
  onChange(value: string): void;
  options: Array<{ id: string; name: string }>;
  empty?: string; // the option for none
  isDisabled?: boolean;
}

// The browser's own: best by keyboard, on a phone and with a screen reader.
export function Choice({ label, hint, wrong, value, onChange, options, empty, isDisabled }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && <span id={`${id}-hint`} className="hint">{hint}</span>}
      <select id={id} value={value} disabled={isDisabled} aria-invalid={wrong ? true : undefined} aria-describedby={[hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") || undefined} onChange={(event) => onChange(event.target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => <option key={option.id} value={option.id}>{option.name}</option>)}
      </select>
      {wrong && <span id={`${id}-wrong`} className="wrong">{wrong}</span>}
    </div>
  );
}

export function Check({ children, value, onChange }: { children: ReactNode; value: boolean; onChange(value: boolean): void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

export function Radios({ label, value, onChange, options }: SelectProps) {
  return (
    <RadioGroup value={value} onChange={onChange} className="radios">
      <Label className="label">{label}</Label>
      {options.map((option) => <Radio key={option.id} value={option.id} className="radio">{option.name}</Radio>)}
    </RadioGroup>
  );
}

// A few choices side by side; the one in use is pressed.
export function Tabs<Id extends string>({ label, value, onChange, options }: { label: string; value: Id; onChange(value: Id): void; options: Array<{ id: Id; name: string }> }) {
  return (
    <RadioGroup aria-label={label} value={value} onChange={(next) => onChange(next as Id)} orientation="horizontal" className="tabs">
      {options.map((option) => <Radio key={option.id} value={option.id} className="tab">{option.name}</Radio>)}
    </RadioGroup>
  );
}
