// Every page as each role sees it, wide and narrow, light and dark, in both languages: axe, width,
// policy, requests. Screenshots stay in build/screenshots.
import { run } from "../../pages/cases.mjs";
import { at } from "./at.mjs";

const sizes = [
  { size: { name: "desktop", width: 1280, height: 900 }, language: "en" },
  { size: { name: "phone", width: 390, height: 844 }, language: "es" },
  { size: { name: "dark", width: 1280, height: 900 }, language: "es", scheme: "dark" },
  { size: { name: "narrow", width: 320, height: 640 }, language: "en", scheme: "dark" },
];
const pages = [
  ["front_desk", "/desk/", "day"], ["front_desk", "/desk/?day=2037-01-03", "day-empty"], ["scheduler", "/desk/grid", "grid"], ["front_desk", "/desk/book", "book"], ["front_desk", "/desk/people", "people"], ["front_desk", "/desk/tasks", "tasks"],
  ["scheduler", "/desk/events", "events"], ["scheduler", "/desk/imports", "imports"], ["admin", "/desk/setup", "setup"], ["admin", "/desk/templates", "templates"], ["admin", "/desk/vendors", "vendors"], ["admin", "/desk/accounts", "accounts"],
  ["auditor", "/desk/journal", "journal"], ["auditor", "/desk/controls", "controls"], ["provider", "/desk/", "provider"], ["billing", "/desk/", "billing"], ["scheduler", "/desk/design", "design"],
  ["patient", "/my", "my"], ["patient", "/my/book", "my-book"], ["patient", "/my/messages", "my-messages"], ["patient", "/my/me", "my-me"], [null, "/sign-in", "sign-in"], [null, "/e/a-link-that-was-used", "enrol"], ["front_desk", "/desk/nowhere", "nowhere"],
];

export async function looks(browser, demo) {
  for (const [role, where, name] of pages)
    for (const options of sizes)
      await run(`look_${name}_${options.size.name}`, async () => {
        const person = await at(browser, demo, role, where, options);
        await person.page.waitForFunction(() => !document.querySelector(".waiting:not(section .waiting)"), null, { timeout: 10000 }).catch(() => {});
        await person.page.waitForTimeout(300);
        await person.look(`web-${name}`);
        return person.end();
      });
  await run("an_error_is_said_and_can_be_tried_again", async () => {
    const person = await at(browser, demo, "front_desk", "/sign-in");
    await person.page.route("**/v1/appointments?*", (route) => route.fulfill({ status: 500, contentType: "application/problem+json", json: { type: "/problems/internal", title: "Something broke.", status: 500, instance: "req_1" } }));
    await person.go("/desk/");
    await person.page.getByRole("alert").waitFor();
    await person.look("web-day-error");
    await person.page.unroute("**/v1/appointments?*");
    await person.page.getByRole("button", { name: "Try again" }).click();
    await person.page.locator(".visits").waitFor();
    person.complaints = person.complaints.filter((each) => !/status of 500/.test(each));
    return person.end();
  });
}
