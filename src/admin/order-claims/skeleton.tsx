/** The grey bars in place of what is still loading. */
export const Skeleton = ({ rows }: { rows: number }) => (
  <div role="status" className="flex flex-col gap-y-3 py-2">
    <span className="sr-only">Loading the order claims</span>
    {Array.from({ length: rows }, (_, row) => (
      <div
        key={row}
        className="bg-ui-bg-base-pressed h-5 w-full animate-pulse rounded"
      />
    ))}
  </div>
)
