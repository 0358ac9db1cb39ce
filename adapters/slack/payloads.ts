import { z } from 'zod';

/** What we read of Slack's payloads; they hold far more. Samples: https://docs.slack.dev/reference/interaction-payloads. */
const Team = z.object({ id: z.string() }).nullish();
const Enterprise = z.object({ id: z.string() }).nullish();
const User = z.object({ id: z.string(), team_id: z.string().nullish() });

export const Command = z.object({
  team_id: z.string(),
  enterprise_id: z.string().optional(),
  is_enterprise_install: z.union([z.boolean(), z.string()]).optional(),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});
export type Command = z.infer<typeof Command>;

export const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  file_access: z.string().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
export type SlackFile = z.infer<typeof SlackFile>;

const Interaction = z.object({
  team: Team,
  enterprise: Enterprise,
  is_enterprise_install: z.boolean().optional(),
  user: User,
  trigger_id: z.string(),
});

export const BlockActions = Interaction.extend({
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ is_ephemeral: z.boolean().optional(), thread_ts: z.string().optional() }).loose().optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).loose().optional(),
  view: z.object({ id: z.string(), app_installed_team_id: z.string().nullish() }).loose().optional(),
  response_url: z.string().optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type BlockActions = z.infer<typeof BlockActions>;

const Entry = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

export const ViewSubmission = Interaction.extend({
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    app_installed_team_id: z.string().nullish(),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string() }).loose()),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Entry)) }),
  }),
});
export type ViewSubmission = z.infer<typeof ViewSubmission>;

export const MessageShortcut = Interaction.extend({
  channel: z.object({ id: z.string() }),
  message: z
    .object({
      ts: z.string(),
      thread_ts: z.string().optional(),
      text: z.string().default(''),
      files: z.array(SlackFile).optional(),
    })
    .loose(),
  response_url: z.string(),
});
export type MessageShortcut = z.infer<typeof MessageShortcut>;

const Authorization = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

/** The envelope of an event. `team_id` is where it happened; with Slack Connect, `authorizations` says where we are installed. */
export const EventBody = z.object({
  team_id: z.string(),
  event_id: z.string(),
  authorizations: z.array(Authorization).optional(),
});
export type EventBody = z.infer<typeof EventBody>;

/** A message or a mention. */
export const TextEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  text: z.string().default(''),
  files: z.array(SlackFile).optional(),
});
export type TextEvent = z.infer<typeof TextEvent>;

/** An edit. `edited` is absent where Slack itself changed the message, to unfold a link. */
export const EditEvent = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel: z.string(),
  message: TextEvent.omit({ type: true, channel: true }).extend({ edited: z.object({ ts: z.string() }).optional() }),
  previous_message: z.object({ text: z.string().default('') }),
});
export type EditEvent = z.infer<typeof EditEvent>;
