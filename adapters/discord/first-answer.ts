import {
  InteractionResponseType as Answer,
  type APIEmbed,
  type APIInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  type BaseInteraction,
  MessageFlags,
  Routes,
} from 'discord.js';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Timer } from '../../src/ports/timer.ts';
import { refusalOf } from './faults.ts';
import { errors, times } from './limits.ts';
import type { Payload } from './render.ts';

export interface AnswerParts {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
}

/** What one message of an answer is: a rendered payload, or a classic one. */
export type Body = Partial<Payload> & { readonly content?: string; readonly embeds?: readonly APIEmbed[] };
export type Bodies = readonly [Body, ...Body[]];

/** `message`: the answer shall change the message that was pressed. `none`: a form may follow, which no deferral allows. */
export type DeferAs = 'reply' | 'message' | 'none';

/**
 * The one first answer of an interaction, and what follows it. Answers directly; where that takes longer than half of
 * Discord's three seconds, defers once and answers with an edit. The first answer decides who sees it, so a deferral is
 * private. Every failure is logged and none thrown: what matters is committed, and nothing depends on an answer.
 */
export class FirstAnswer {
  readonly #interaction: BaseInteraction;
  readonly #parts: AnswerParts;
  readonly #deferAs: DeferAs;
  readonly #answered = new AbortController();
  #deferral: Promise<boolean> | undefined;

  constructor(interaction: BaseInteraction, parts: AnswerParts, deferAs: DeferAs) {
    this.#interaction = interaction;
    this.#parts = parts;
    this.#deferAs = deferAs;
    if (deferAs !== 'none') void this.#deferInTime();
  }

  /** Shows something to the person alone. */
  async tell([first, ...more]: Bodies): Promise<void> {
    const deferred = await this.#begin();
    if (deferred && this.#deferAs === 'reply') await this.#edit(first);
    else if (deferred) await this.#follow(onlyFor(first));
    else await this.#first({ type: Answer.ChannelMessageWithSource, data: onlyFor(first) });
    for (const body of more) await this.#follow(onlyFor(body));
  }

  /** Shows something to everybody in the channel. */
  async show([first, ...more]: Bodies): Promise<void> {
    if (!(await this.#begin())) await this.#first({ type: Answer.ChannelMessageWithSource, data: first });
    else await this.#follow(first);
    for (const body of more) await this.#follow(body);
  }

  /** Changes the message that was pressed. */
  async update([first, ...more]: Bodies): Promise<void> {
    if (await this.#begin()) await this.#edit(first);
    else await this.#first({ type: Answer.UpdateMessage, data: first });
    for (const body of more) await this.#follow(onlyFor(body));
  }

  /** Shows nothing: the place will. */
  async quietly(): Promise<void> {
    if (!(await this.#begin())) await this.#first({ type: Answer.DeferredMessageUpdate });
  }

  /** Takes away the private message that was pressed. */
  async dismiss(): Promise<void> {
    await this.quietly();
    await this.#call(() => this.#rest.delete(this.#webhookMessage(), { auth: false }));
  }

  async openForm(data: APIModalInteractionResponseCallbackData): Promise<void> {
    await this.#begin();
    await this.#first({ type: Answer.Modal, data });
  }

  /** Changes the answer later, while the token lives. */
  async amend(body: Body): Promise<void> {
    await this.#edit(body);
  }

  get #rest() {
    return this.#interaction.client.rest;
  }

  async #deferInTime(): Promise<void> {
    await this.#parts.timer.sleep(times.deferAfterMs, this.#answered.signal);
    if (this.#answered.signal.aborted) return;
    const type = this.#deferAs === 'reply' ? Answer.DeferredChannelMessageWithSource : Answer.DeferredMessageUpdate;
    this.#deferral = this.#first(
      type === Answer.DeferredMessageUpdate ? { type } : { type, data: { flags: MessageFlags.Ephemeral } },
    );
  }

  /** Ends the wait for a deferral. Whether one was made. */
  async #begin(): Promise<boolean> {
    this.#answered.abort();
    return (await this.#deferral) ?? false;
  }

  #first(body: APIInteractionResponse | { readonly type: Answer; readonly data: Body }): Promise<boolean> {
    const { id, token } = this.#interaction;
    return this.#call(() => this.#rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
  }

  #edit(body: Body): Promise<boolean> {
    return this.#call(() => this.#rest.patch(this.#webhookMessage(), { body, auth: false }));
  }

  #follow(body: Body): Promise<boolean> {
    const { applicationId, token } = this.#interaction;
    return this.#call(() => this.#rest.post(Routes.webhook(applicationId, token), { body, auth: false }));
  }

  #webhookMessage() {
    const { applicationId, token } = this.#interaction;
    return Routes.webhookMessage(applicationId, token);
  }

  /** A token that has ended is not used: the answer would be refused, and refusals are counted against the address. */
  async #call(call: () => Promise<unknown>): Promise<boolean> {
    const { log, clock } = this.#parts;
    const { id, createdTimestamp } = this.#interaction;
    if (clock.now().getTime() - createdTimestamp > times.tokenMs) {
      log.info({ interaction: id }, 'discord: too late for an answer');
      return false;
    }
    try {
      await call();
      return true;
    } catch (error) {
      const refusal = refusalOf(error);
      const usual = refusal === errors.unknownInteraction || refusal === errors.alreadyAnswered;
      log[usual ? 'info' : 'warn']({ interaction: id, reason: String(error) }, 'discord: an answer was not taken');
      return false;
    }
  }
}

function onlyFor(body: Body): Body {
  return { ...body, flags: (body.flags ?? 0) | MessageFlags.Ephemeral };
}
