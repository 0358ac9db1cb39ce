import type { OutputLanguage } from './output.ts';
import type { Tidied } from './tidy.ts';

export type LabelId =
  | 'version'
  | 'name'
  | 'description'
  | 'activationId'
  | 'applicationId'
  | 'extendedPid'
  | 'keyChannel'
  | 'installationId'
  | 'partialKey'
  | 'status'
  | 'reason'
  | 'expiration'
  | 'remaining'
  | 'evaluationEnd'
  | 'rearm'
  | 'skuRearm'
  | 'trustedTime'
  | 'activationType'
  | 'cmid'
  | 'kmsRegistered'
  | 'kmsFromDns'
  | 'kmsPort'
  | 'kmsCount'
  | 'edition'
  | 'other';

/** A label found in a text: what it names and where its value stands in the squeezed text. */
export interface Label {
  readonly id: LabelId;
  readonly start: number;
  /** Where the value starts. */
  readonly from: number;
  /** Where the next label starts. */
  readonly to: number;
  readonly language: OutputLanguage | null;
  /** Written as a WMI property, without blanks. */
  readonly property: boolean;
}

type Words = Partial<Record<OutputLanguage | 'property', readonly string[]>>;

/** Correct a label, never remove one. Those of slmgr.ini differ a little between Windows releases. */
const labels: readonly (readonly [LabelId, Words])[] = [
  [
    'version',
    {
      en: ['Software licensing service version', 'Image Version'],
      ja: [
        'ソフトウェア ライセンス サービス バージョン',
        'ソフトウェア ライセンス サービスのバージョン',
        'イメージのバージョン',
      ],
      zh: ['软件授权服务器版本', '映像版本'],
      de: ['Softwarelizenzierungsdienst-Version', 'Abbildversion'],
      property: ['Version'],
    },
  ],
  [
    'name',
    {
      property: ['Name'],
      ja: ['名前'],
      zh: ['名称'],
      es: ['Nombre'],
      fr: ['Nom'],
      ko: ['이름'],
      pt: ['Nome'],
    },
  ],
  [
    'description',
    {
      property: ['Description'],
      ja: ['説明'],
      zh: ['描述'],
      de: ['Beschreibung'],
      es: ['Descripción'],
      ko: ['설명'],
      pt: ['Descrição'],
    },
  ],
  [
    'activationId',
    {
      en: ['Activation ID'],
      ja: ['ライセンス認証 ID'],
      zh: ['激活 ID'],
      de: ['Aktivierungs-ID'],
      es: ['Id. de activación'],
      fr: ["ID d'activation"],
      property: ['ActivationID', 'ID'],
    },
  ],
  [
    'applicationId',
    {
      en: ['Application ID'],
      ja: ['アプリケーション ID'],
      zh: ['应用程序 ID'],
      de: ['Anwendungs-ID'],
      es: ['Id. de aplicación'],
      fr: ["ID d'application"],
      property: ['ApplicationID'],
    },
  ],
  [
    'extendedPid',
    {
      en: ['Extended PID'],
      ja: ['拡張 PID'],
      zh: ['扩展 PID'],
      de: ['Erweiterte PID'],
      es: ['PID extendido'],
      fr: ['PID étendu'],
      property: ['ProductKeyID'],
    },
  ],
  [
    'keyChannel',
    {
      en: ['Product Key Channel'],
      ja: ['プロダクト キー チャネル'],
      zh: ['产品密钥通道'],
      de: ['Product Key-Kanal'],
      ko: ['제품 키 채널'],
      property: ['ProductKeyChannel'],
    },
  ],
  [
    'installationId',
    {
      en: ['Installation ID'],
      ja: ['インストール ID'],
      zh: ['安装 ID'],
      de: ['Installations-ID'],
      es: ['Id. de instalación'],
      fr: ["ID d'installation"],
      property: ['OfflineInstallationId'],
    },
  ],
  [
    'partialKey',
    {
      en: ['Partial Product Key'],
      ja: ['プロダクト キーの一部', '部分的なプロダクト キー'],
      zh: ['部分产品密钥'],
      es: ['Clave de producto parcial'],
      property: ['PartialProductKey'],
    },
  ],
  [
    'status',
    {
      en: ['License Status'],
      ja: ['ライセンスの状態'],
      zh: ['许可证状态'],
      de: ['Lizenzstatus'],
      es: ['Estado de la licencia'],
      property: ['LicenseStatus'],
    },
  ],
  ['reason', { en: ['Notification Reason'], ja: ['通知の理由'], property: ['LicenseStatusReason', 'Reason'] }],
  [
    'expiration',
    {
      en: ['Volume activation expiration', 'Timebased activation expiration', 'Automatic VM activation expiration'],
      ja: ['ボリューム ライセンス認証の有効期限'],
      zh: ['批量激活过期'],
    },
  ],
  ['remaining', { en: ['Time remaining'], property: ['GracePeriodRemaining'] }],
  ['evaluationEnd', { en: ['Evaluation End Date'], property: ['EvaluationEndDate'] }],
  [
    'rearm',
    {
      en: ['Remaining Windows rearm count', 'Remaining App rearm count'],
      ja: ['残りの Windows 猶予期限リセット可能回数'],
      zh: ['剩余 Windows 重置计数'],
      ko: ['남은 Windows 라이선스 초기화 횟수'],
      property: ['RemainingWindowsReArmCount', 'RemainingAppReArmCount'],
    },
  ],
  [
    'skuRearm',
    {
      en: ['Remaining SKU rearm count'],
      ja: ['残りの SKU 猶予期限リセット可能回数'],
      zh: ['剩余 SKU 重置计数'],
      property: ['RemainingSkuReArmCount'],
    },
  ],
  ['trustedTime', { en: ['Trusted time'], ja: ['信頼された時間'], zh: ['信任时间'], property: ['TrustedTime'] }],
  ['activationType', { en: ['Configured Activation Type'], zh: ['已配置的激活类型'] }],
  ['cmid', { en: ['Client Machine ID (CMID)'], zh: ['客户端计算机 ID (CMID)'], property: ['ClientMachineID'] }],
  ['kmsRegistered', { en: ['Registered KMS machine name'], property: ['KeyManagementServiceMachine'] }],
  [
    'kmsFromDns',
    {
      en: ['KMS machine name from DNS'],
      zh: ['来自 DNS 的 KMS 计算机名称'],
      property: ['DiscoveredKeyManagementServiceMachineName'],
    },
  ],
  [
    'kmsPort',
    { en: ['Listening on Port'], property: ['KeyManagementServicePort', 'DiscoveredKeyManagementServiceMachinePort'] },
  ],
  ['kmsCount', { en: ['Current count'], property: ['KeyManagementServiceCurrentCount'] }],
  ['edition', { property: ['EditionID', 'LicenseFamily'] }],
  // Labels that end another value, or that hold one of the labels above.
  [
    'other',
    {
      en: [
        'Use License URL',
        'Validation URL',
        'Processor Certificate URL',
        'Machine Certificate URL',
        'Product Key Certificate URL',
        'KMS machine IP address',
        'KMS machine extended PID',
        'Registered KMS SRV record lookup domain',
        'Activation interval',
        'Renewal interval',
        'Activation Object name',
        'AO DN',
        'AO extended PID',
        'AO activation ID',
        'Host machine name',
        'DNS auto-discovery',
        'Most recent activation information',
        'KMS priority',
        'Total requests received',
      ],
      ja: ['使用ライセンス URL', '検証 URL'],
      zh: ['最新激活信息', 'KMS 计算机 IP 地址', 'KMS 计算扩展的 PID', '激活时间间隔', '续订间隔'],
      property: ['LicenseIsAddon', 'IsKeyManagementServiceMachine', 'PSComputerName', 'CimClass', 'LicenseDependsOn'],
    },
  ],
];

interface Spelling {
  readonly id: LabelId;
  readonly written: string;
  readonly language: OutputLanguage | 'property';
}

const spellings: readonly Spelling[] = labels.flatMap(([id, words]) =>
  (Object.entries(words) as [Spelling['language'], readonly string[]][]).flatMap(([language, each]) =>
    each.map((label) => ({ id, written: squeeze(label), language })),
  ),
);
const byWritten = Map.groupBy(spellings, (spelling) => spelling.written);

/** Finds the labels of a tidied text. A label inside a longer one does not count. */
export function findLabels(tidied: Tidied): readonly Label[] {
  const lower = tidied.squeezed.toLowerCase();
  const found = [...byWritten.keys()].flatMap((written) => occurrences(lower, written));
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const outer: (Occurrence & { from: number })[] = [];
  for (const each of found) {
    const previous = outer.at(-1);
    const from = valueStart(lower, each.end);
    if (from !== null && !(previous !== undefined && each.end <= previous.end)) outer.push({ ...each, from });
  }
  return outer.map((each, index) => {
    const spelled = tidied.text.slice(tidied.at[each.start] ?? 0, tidied.at[each.end] ?? 0);
    const property = !/[ \t]/.test(spelled.trim());
    const candidates = byWritten.get(each.written) ?? [];
    const chosen = candidates.find((one) => (one.language === 'property') === property) ?? candidates[0];
    const language = chosen?.language ?? 'property';
    return {
      id: chosen?.id ?? 'other',
      start: each.start,
      from: each.from,
      to: outer[index + 1]?.start ?? lower.length,
      language: language === 'property' ? null : language,
      property: language === 'property',
    };
  });
}

/** The value of a label as it was written, on one line. */
export function printedValue(tidied: Tidied, label: Label): string {
  return tidied.text.slice(tidied.at[label.from] ?? 0, tidied.at[label.to] ?? tidied.text.length).trim();
}

interface Occurrence {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

function occurrences(lower: string, written: string): Occurrence[] {
  const found: Occurrence[] = [];
  for (let start = lower.indexOf(written); start !== -1; start = lower.indexOf(written, start + written.length)) {
    found.push({ written, start, end: start + written.length });
  }
  return found;
}

function valueStart(lower: string, end: number): number | null {
  const after = lower[end] === '"' ? end + 1 : end;
  return lower[after] === ':' || lower[after] === '=' ? after + 1 : null;
}

function squeeze(label: string): string {
  return label.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
