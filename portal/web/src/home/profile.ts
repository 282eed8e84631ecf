/** What stands between commas, each once. */
export function tags(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((tag) => tag.trim()).filter(Boolean))];
}

const mostLanguages = 16;
const mostSkills = 32;

/** The first that is no language tag of BCP 47, or one too many. */
export function wrongLanguage(list: readonly string[]): string | undefined {
  return list.find((tag, i) => i >= mostLanguages || !/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/.test(tag));
}

/** The first that is no skill, or one too many: core/party CheckTag. */
export function wrongSkill(list: readonly string[]): string | undefined {
  return list.find((tag, i) => i >= mostSkills || !/^[a-zA-Z0-9._/-]{1,64}$/.test(tag));
}
