import { chatScenarios } from '../contracts/chat-scenarios.ts';
import { TerminalSurface } from './surface.ts';

// One person, one screen that only grows: nobody else presses, nothing is delivered twice, and old prompts have scrolled away.
chatScenarios('the terminal', TerminalSurface.start, ['strangers', 'redelivery', 'old-prompts']);
