import Redis from "ioredis"

/**
 * Everything a Redis server holds, as text: all keys, whatever their kind.
 *
 * @param skipJob - jobs of the event bus whose payload is left out, by name
 */
export async function redisContents(
  url: string,
  skipJob: string
): Promise<string> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys("*")
    const contents = await Promise.all(
      keys.map(async (key) => [key, await contentOf(redis, key, skipJob)])
    )
    return JSON.stringify(contents)
  } finally {
    await redis.quit()
  }
}

async function contentOf(redis: Redis, key: string, skipJob: string) {
  const type = await redis.type(key)
  switch (type) {
    case "string":
      return redis.get(key)
    case "hash": {
      const fields = await redis.hgetall(key)
      return fields.name === skipJob ? { ...fields, data: "" } : fields
    }
    case "list":
      return redis.lrange(key, 0, -1)
    case "set":
      return redis.smembers(key)
    case "zset":
      return redis.zrange(key, 0, -1)
    case "stream":
      return redis.xrange(key, "-", "+")
    case "none":
      // Gone since it was listed.
      return null
    default:
      throw new Error(`${key} is a ${type}, which nobody looked into`)
  }
}
