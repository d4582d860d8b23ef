import { useAdminUser } from "medusa-react"
import { nameAndEmail } from "./person"

/** A member of the shop's staff by name; the id, if the account is gone. */
export const StaffMember = ({ userId }: { userId: string }) => {
  const { user } = useAdminUser(userId, { retry: false })
  return <>{user ? nameAndEmail(user) : userId}</>
}
