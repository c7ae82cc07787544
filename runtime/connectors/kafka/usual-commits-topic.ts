/** Where a sink that writes exactly once notes its batches, unless the job says where. */
export const usualCommitsTopic = "sluice-commits";
