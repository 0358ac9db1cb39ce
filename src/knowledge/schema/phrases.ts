/** The bot's own words, apart from what it knows. Their sentences are in `knowledge/text/<locale>/interface.yaml`. */
export const phrases = [
  // buttons
  'start', 'share', 'back', 'unsure', 'person', 'summary', 'change', 'start-over', 'other-language', 'fixed', 'still-failing',
  'another-code', 'yes-change', 'keep', 'answer-form', 'paste-output', 'menu', 'let-others-answer', 'only-me',
  // forms
  'send', 'cancel', 'paste-title', 'paste-field', 'needs-number', 'needs-text', 'number-too-big',
  // a first answer
  'menu-title', 'menu-says', 'check-heading', 'causes-heading', 'fixes-heading', 'sources', 'derived-meaning', 'last-resort', 'codes-found',
  'unknown-title', 'unknown-says', 'unknown-facility', 'unknown-near', 'code-malformed', 'not-understood', 'not-mine', 'refused', 'too-long', 'empty',
  'verdict-yes', 'verdict-no', 'verdict-depends', 'verdict-unknown', 'contract-decides', 'would-change', 'ask-reseller', 'ask-microsoft',
  'ask-agreement', 'also-found', 'missing-facts',
  // in a conversation
  'opened', 'progress', 'answered', 'went-back', 'nothing-to-go-back', 'would-fall-away', 'nothing-changed', 'kept', 'summary-title', 'summary-empty',
  'i-read', 'removed-secrets', 'delete-original', 'tried-before', 'how-did-it-go', 'closed-fixed', 'next-round', 'restarted', 'language-switched',
  'not-yours', 'erased', 'old-press', 'stands-here', 'contradiction', 'answer-unclear', 'others-may-answer', 'only-requester',
  // a person
  'person-title', 'person-desk', 'person-reach', 'person-bring', 'person-copy', 'nobody-needed',
  // the case text
  'case-title', 'case-problem', 'case-facts', 'case-tried', 'case-unknown', 'case-no-secrets', 'origin-said', 'origin-read', 'origin-code', 'origin-computed',
  'result-fixed', 'result-still-failing', 'result-another-code', 'result-started-over',
  // faults
  'failed-to-save', 'error-code', 'desk-field', 'result-left',
] as const;
export type Phrase = (typeof phrases)[number];
