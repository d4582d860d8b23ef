import { Button, Text } from "@medusajs/ui"

interface NoClaimsProps {
  /** True if a filter hides all claims. */
  isFiltered: boolean
  onClear: () => void
}

/** The words in place of an empty table. */
export const NoClaims = ({ isFiltered, onClear }: NoClaimsProps) => (
  <div className="flex flex-col items-center gap-y-3 px-6 py-16 text-center">
    <Text weight="plus">
      {isFiltered ? "No claims match these filters" : "No order claims yet"}
    </Text>
    {isFiltered ? (
      <Button variant="secondary" size="small" onClick={onClear}>
        Clear filters
      </Button>
    ) : (
      <Text size="small" className="text-ui-fg-subtle">
        A claim appears here when a customer asks for guest orders.
      </Text>
    )}
  </div>
)
