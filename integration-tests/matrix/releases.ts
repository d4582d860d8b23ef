/** A release that the tarball is tried on. */
export interface Release {
  version: string
  /** Core's own bus of 1.7 loses events without Redis. */
  needsRedis: boolean
  /** Played however little time is left. */
  isAlwaysPlayed?: true
}

/** The oldest and the newest tell the most. */
export const releases: Release[] = [
  { version: "1.7.15", needsRedis: true, isAlwaysPlayed: true },
  { version: "1.20.11", needsRedis: false, isAlwaysPlayed: true },
  { version: "1.8.2", needsRedis: false },
  { version: "1.12.3", needsRedis: false },
  { version: "1.17.4", needsRedis: false },
]

export const newest = "1.20.11"

/** The versions of Node that a shop may use: the newest of each line on npm. */
export const nodes = ["16.20.2", "18.20.8", "20.20.2", "22.23.3"] as const
