import { Button as AriaButton, type ButtonProps } from "react-aria-components";

export type Look = "main" | "plain" | "quiet" | "warn";
export interface Props extends Omit<ButtonProps, "className"> {
  look?: Look;
  small?: boolean;
  icon?: boolean;
}
export function Button({ look = "plain", small, icon, ...rest }: Props) {
  const name = ["button", look !== "plain" && look, small && "small", icon && "icon"].filter(Boolean).join(" ");
  return <AriaButton {...rest} className={name} />;
}
