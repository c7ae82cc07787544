import kafkajs, { type Admin } from "kafkajs";

/** Runs with an admin client of kafkajs's own. */
export async function withAdmin<Result>(broker: string, use: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = new kafkajs.Kafka({ brokers: [broker], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Deletes a topic and waits until it is gone. */
export async function deleteTopic(broker: string, topic: string): Promise<void> {
  await withAdmin(broker, async (admin) => {
    await admin.deleteTopics({ topics: [topic] });
    while ((await admin.listTopics()).includes(topic));
  });
}

/** Removes the messages of partition 0 before an offset, as retention does. */
export function deleteRecordsBefore(broker: string, topic: string, offset: number): Promise<void> {
  return withAdmin(broker, async (admin) => {
    // It needs to know the leaders, and does not ask for them by itself.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  });
}

/** The offsets that a group has committed of a topic, by partition. */
export function groupOffsets(broker: string, group: string, topic: string): Promise<readonly number[]> {
  return withAdmin(broker, async (admin) => {
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    return [...(committed?.partitions ?? [])].sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));
  });
}

/** Forbids a user everything on a topic. */
export async function denyAll(broker: string, user: string, topic: string): Promise<void> {
  const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
  await withAdmin(broker, (admin) =>
    admin.createAcls({
      acl: [{ resourceType: AclResourceTypes.TOPIC, resourceName: topic, resourcePatternType: ResourcePatternTypes.LITERAL, principal: `User:${user}`, host: "*", operation: AclOperationTypes.ALL, permissionType: AclPermissionTypes.DENY }],
    }),
  );
}
