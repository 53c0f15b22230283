/** A notification type as its reader knows it. */
export type NamedType = {
  key: string;
  name: string;
  category: string;
  /** One of the workspace's own whose events plan reminders. */
  hasOwnPlan: boolean;
};
