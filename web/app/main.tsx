// Where the app starts: what every page stands in, and which page the address means.
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { queries } from "../shared/api/queries";
import { localeOf, useLanguage } from "../shared/text/text";
import { SaidRegion } from "../shared/ui/said";
import "../shared/ui/tokens.css";
import "../shared/ui/base.css";
import "../shared/ui/parts.css";
import { router } from "./router";

// A page that the browser kept whole is not shown again: who went back signs in first.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

function App() {
  const language = useLanguage();
  return (
    <I18nProvider locale={localeOf(language)}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <SaidRegion />
      </QueryClientProvider>
    </I18nProvider>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
