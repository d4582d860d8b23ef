import { LANGUAGES } from "../../texts/locale"
import type { View } from "../message"
import { order } from "./views"
import {
  confirmedView,
  ownConfirmedView,
  ownRequestView,
  ownRevertedView,
  requestView,
  revertedView,
  ViewSetup,
} from "./views"

const kinds: ((setup: ViewSetup) => View)[] = [
  requestView,
  ownRequestView,
  (setup) => confirmedView("recipient", setup),
  (setup) => confirmedView("claimant", setup),
  ownConfirmedView,
  (setup) => revertedView("recipient", setup),
  (setup) => revertedView("claimant", setup),
  ownRevertedView,
]

const orders = [order({ display_id: 1_234_567 })]

describe.each([...LANGUAGES])("subject lines in %s", (locale) => {
  const subjects = (name: string) =>
    [1, 2, 3000].flatMap((orderCount) =>
      kinds.map(
        (make) => make({ locale, brand: { name }, orders, orderCount }).texts
      )
    )

  it.each(["H&V", "The Hill & Valley Trading Company of Somewhere, Limited"])(
    "have fewer than 78 characters: %s",
    (name) => {
      for (const { subject } of subjects(name)) {
        expect([subject, [...subject].length < 78]).toEqual([subject, true])
      }
    }
  )

  it("have a short brand name, and the headline", () => {
    for (const { subject, heading } of subjects("H&V")) {
      expect(subject).toContain("H&V")
      expect(subject).toContain(heading)
    }
  })
})
