import { Button, Text } from "@medusajs/ui"

interface PagerProps {
  /** The number of claims that match, in words. */
  summary: string
  hasNewer: boolean
  hasOlder: boolean
  onNewer: () => void
  onOlder: () => void
}

/** Leads through the list. It knows no page numbers: to count a million takes too long. */
export const Pager = ({
  summary,
  hasNewer,
  hasOlder,
  onNewer,
  onOlder,
}: PagerProps) => (
  <nav
    aria-label="Pages"
    className="flex items-center justify-between px-6 py-4"
  >
    <Text size="small" className="text-ui-fg-subtle" aria-live="polite">
      {summary}
    </Text>
    <div className="flex gap-x-2">
      <Button
        variant="transparent"
        size="small"
        disabled={!hasNewer}
        onClick={onNewer}
      >
        Newer
      </Button>
      <Button
        variant="transparent"
        size="small"
        disabled={!hasOlder}
        onClick={onOlder}
      >
        Older
      </Button>
    </div>
  </nav>
)
