import { QueryClientProvider } from "@tanstack/react-query";
import { Direction } from "radix-ui";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { queryClient } from "@/api/query";
import { router } from "@/app/router";
import { startSettings } from "@/app/settings";
import { startI18n } from "@/i18n";
import "@/design/tokens.css";

/** Menus and tabs follow the direction of the interface's language. */
function Directed({ children }: { children: ReactNode }) {
  return <Direction.Provider dir={useTranslation().i18n.dir()}>{children}</Direction.Provider>;
}

/** Style elements that libraries make carry the nonce that the page's policy asks for. */
function startNonce() {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content;
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
startNonce();
startSettings();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Directed>
        <RouterProvider router={router} />
      </Directed>
    </QueryClientProvider>
  </StrictMode>,
);
