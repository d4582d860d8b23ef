/** An address that may be broken before its @, rather than elsewhere. */
export const EmailAddress = ({ children }: { children: string }) => {
  const at = children.lastIndexOf("@")
  if (at < 1) return <>{children}</>
  return (
    <>
      {children.slice(0, at)}
      <wbr />
      {children.slice(at)}
    </>
  )
}
