import { useEffect } from "react"

/**
 * Calls `close` on Esc while a dialog is open. Nobody else hears the key: the order's
 * page would leave for the list of orders.
 */
export function useEscape(isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      close()
    }
    // The dashboard listens on the document, which comes later.
    window.addEventListener("keydown", onKeyDown, true)
    return () => window.removeEventListener("keydown", onKeyDown, true)
  }, [isOpen, close])
}
