import { Button, Prompt } from "@medusajs/ui"
import { type ReactElement, type ReactNode, useCallback } from "react"
import { Problem } from "./problem"
import { useEscape } from "./use-escape"

/** The state of a dialog, which its owner holds. */
interface DialogProps {
  /** The button that opens it, and has the focus again afterwards. */
  trigger: ReactElement
  isOpen: boolean
  setOpen: (isOpen: boolean) => void
  title: string
  description: string
  /** The form's fields, if there are any. */
  children?: ReactNode
  confirmText: string
  cancelText: string
  variant?: "danger" | "confirmation"
  /** True if the form is complete. */
  isReady?: boolean
  isBusy?: boolean
  /** The reason why it did not work, for another try. */
  problem?: string | undefined
  onConfirm: () => void
}

/** A question or a small form, in the dashboard's own looks. Esc closes it, and only it. */
export const Dialog = ({
  trigger,
  isOpen,
  setOpen,
  title,
  description,
  children,
  confirmText,
  cancelText,
  variant = "confirmation",
  isReady = true,
  isBusy = false,
  problem,
  onConfirm,
}: DialogProps) => {
  // While it works, it stays: it shows what comes of it.
  const show = useCallback(
    (open: boolean) => {
      if (!isBusy) setOpen(open)
    },
    [isBusy, setOpen]
  )
  const close = useCallback(() => show(false), [show])
  useEscape(isOpen, close)

  return (
    <Prompt open={isOpen} onOpenChange={show} variant={variant}>
      <Prompt.Trigger asChild>{trigger}</Prompt.Trigger>
      <Prompt.Content
        onOpenAutoFocus={(event) => {
          const field = (event.currentTarget as HTMLElement).querySelector(
            "input"
          )
          // Without a field, the focus begins at the button that does nothing.
          if (!field) return
          event.preventDefault()
          field.focus()
        }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady && !isBusy) onConfirm()
          }}
        >
          <Prompt.Header>
            <Prompt.Title>{title}</Prompt.Title>
            <Prompt.Description>{description}</Prompt.Description>
          </Prompt.Header>
          {children && (
            <div className="flex flex-col gap-y-4 px-6 pt-6">{children}</div>
          )}
          {problem && (
            <div className="px-6 pt-4">
              <Problem>{problem}</Problem>
            </div>
          )}
          <Prompt.Footer>
            <Prompt.Cancel type="button" disabled={isBusy}>
              {cancelText}
            </Prompt.Cancel>
            <Button
              type="submit"
              size="small"
              variant={variant === "danger" ? "danger" : "primary"}
              disabled={!isReady}
              isLoading={isBusy}
            >
              {confirmText}
            </Button>
          </Prompt.Footer>
        </form>
      </Prompt.Content>
    </Prompt>
  )
}
