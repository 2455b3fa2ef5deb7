export function Portal() { return null; }
