// The server's clock: what is now, and which day it is at a place, does not hang on the clock of the
// computer on the desk.
import { useEffect, useState } from "react";

let ahead = 0;

export function serverSays(now: string): void {
  ahead = Date.parse(now) - Date.now();
}
export function serverNow(): Date {
  return new Date(Date.now() + ahead);
}

// Moves on by itself, every half minute.
export function useNow(): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
