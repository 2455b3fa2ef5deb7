export function Enrol() { return null; }
