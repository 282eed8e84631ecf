package delivery

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// card writes README.md: what the Hugging Face hub reads, then what people do.
func (p Package) card() []byte {
	var w bytes.Buffer
	p.frontMatter(&w)
	d, l := p.Dataset, p.Label
	section := func(title string, paragraphs ...string) {
		fmt.Fprintf(&w, "\n%s\n", strings.Join(append([]string{title}, paragraphs...), "\n\n"))
	}
	fmt.Fprintf(&w, "\n# %s\n\n%s\n", plain(d.Title), plain(p.description()))
	section("## Dataset Details", table2(
		"Dataset", fmt.Sprintf("`%s` version %d (%s) on chain `%s`", d.ID, d.Version, d.Semver, p.Chain),
		"Owner", "`"+string(d.Owner)+"`",
		"Request", "`"+string(d.Request)+"`",
		"Records", fmt.Sprint(d.Records),
		"Records root", "`"+d.RecordsRoot.String()+"`",
		"Licence", plain(d.Licence),
		"Published", day(d.Published),
	))
	section("## Uses", plain(p.purpose()))
	section("### Out-of-Scope Use", "Uses that licence or policy do not allow, and attempts to find out who the contributors are.")
	section("## Dataset Structure", fmt.Sprintf(
		"`%s` holds one row per labelled item, `%s` one row per answer, `%s` the items. `%s` describes every column.", FinalFile, VotesFile, ItemsFile, CroissantFile))
	section("## Dataset Creation")
	section("### Source Data", plain(p.collection()))
	section("### Annotations", append(plains(p.protocol()), plain(p.responsible()["dataManipulationProtocol"].(string)))...)
	section("#### Who are the annotators?", plains(p.demographics())...)
	section("#### Annotation quality", plains(p.analysis())...)
	section("## Bias, Risks and Limitations", append(plains(p.limitations()), plain("Records per label: "+classesText(l.Quality.Classes)+"."))...)
	section("### Personal and Sensitive Information", plain(l.Limits.PersonalData), "Privacy budget: "+plain(l.Limits.PrivacyBudget)+".")
	section("## Citation", "```bibtex\n"+p.citation()+"\n```")
	section("## Contact", fmt.Sprintf("The owner, `%s`, on chain `%s`. Withdrawal: %s.", d.Owner, p.Chain, plain(l.Use.Withdrawal)))
	return w.Bytes()
}

// frontMatter writes the YAML head. Every foreign text is a quoted string.
func (p Package) frontMatter(w *bytes.Buffer) {
	fmt.Fprintf(w, "---\npretty_name: %s\n", strconv.Quote(p.Dataset.Title))
	if known := strings.ToLower(p.Dataset.Licence); slices.Contains(hubLicences(), known) {
		fmt.Fprintf(w, "license: %s\n", known)
	} else {
		fmt.Fprintf(w, "license: other\nlicense_name: %s\n", strconv.Quote(p.Dataset.Licence))
	}
	list := func(key string, values []string) {
		if len(values) == 0 {
			return
		}
		fmt.Fprintf(w, "%s:\n", key)
		for _, v := range values {
			fmt.Fprintf(w, "- %s\n", strconv.Quote(v))
		}
	}
	list("language", p.Label.People.Languages)
	list("annotations_creators", []string{"crowdsourced"})
	list("source_datasets", []string{"original"})
	list("size_categories", []string{sizeCategory(p.Dataset.Records)})
	list("tags", append([]string{"alaya", "croissant"}, p.Request.Terms.Tags...))
	fmt.Fprintf(w, "configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: %s\n", FinalFile)
	fmt.Fprintf(w, "- config_name: votes\n  data_files:\n  - split: train\n    path: %s\n---\n", VotesFile)
}

// hubLicences are the licences that data usually have, as the hub spells them.
func hubLicences() []string {
	return []string{
		"apache-2.0", "cc-by-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-4.0", "cc0-1.0",
		"cdla-permissive-2.0", "mit", "odbl", "odc-by", "pddl",
	}
}

func sizeCategory(records uint64) string {
	names := []string{"n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M"}
	limit := uint64(1_000)
	for _, name := range names {
		if records < limit {
			return name
		}
		limit *= 10
	}
	return "100M<n<1B"
}

// labelCard writes the ingredients label for people, on one screen.
func (p Package) labelCard() []byte {
	l := p.Label
	clause := "not met"
	if l.Contract.Holds {
		clause = "met"
	}
	var w bytes.Buffer
	fmt.Fprintf(&w, "# Ingredients of %s, version %s\n\n", plain(l.Identity.Title), p.Dataset.Semver)
	w.WriteString("Computed from the process by the validators; `" + LabelFile + "` is the whole label.\n\n")
	w.WriteString(table2(
		"Records", fmt.Sprintf("%d, root `%s`", l.Identity.Records, l.Identity.RecordsRoot),
		"Clause", fmt.Sprintf("%s ≥ %s at %s confidence: %s", l.Contract.Metric, percent(l.Contract.Threshold), percent(l.Contract.Confidence), clause),
		"Measured", fmt.Sprintf("%s, lower bound %s, on %d items by %s", percent(l.Contract.Estimate), percent(l.Contract.LowerBound), l.Contract.Measured, l.Contract.Evidence),
		"Sources", strings.TrimSuffix(plain(p.collection()), "."),
		"People", fmt.Sprintf("%d contributors, %d answers; each %s", l.People.Contributors, l.People.Answers, spreadText(l.People.PerPerson)),
		"Pay per answer", spreadText(l.People.PayPerAnswer)+" ualy",
		"Paid", l.Contract.Paid.String(),
		"Method", fmt.Sprintf("%s version %d, target %s, %d rounds", l.Process.Method, l.Process.MethodVersion, percent(l.Process.Target), l.Process.Rounds),
		"Labels per item", spreadText(l.Process.PerItem),
		"Labels suggested by machine", percent(l.Process.PreLabels),
		"Agreement (alpha)", decimal(l.Quality.Agreement),
		"Known items right", fmt.Sprintf("%d of %d", l.Quality.GoldRight, l.Quality.GoldItems),
		"Classes", plain(classesText(l.Quality.Classes)),
		"Limits", fmt.Sprintf("%d items without label, %d below target, %d skips", l.Limits.Unanswered, l.Limits.BelowTarget, l.Limits.Skips),
		"Personal data", plain(l.Limits.PersonalData),
		"Licence", plain(l.Use.Licence),
		"Policy", plain(p.purpose()),
		"Contributors' share", percent(l.Use.ContributorShare),
		"Withdrawal", plain(l.Use.Withdrawal),
	))
	w.WriteString("\n")
	return w.Bytes()
}

// table2 writes pairs of name and value as a Markdown table.
func table2(pairs ...string) string {
	var w strings.Builder
	w.WriteString("| | |\n|---|---|")
	for i := 0; i+1 < len(pairs); i += 2 {
		fmt.Fprintf(&w, "\n| %s | %s |", pairs[i], strings.ReplaceAll(pairs[i+1], "\n", " "))
	}
	return w.String()
}

// plain keeps a foreign text from being read as Markdown or HTML.
func plain(text string) string {
	return strings.NewReplacer("<", "&lt;", ">", "&gt;", "|", "\\|", "[", "\\[", "]", "\\]", "`", "\\`", "*", "\\*", "_", "\\_", "#", "\\#").Replace(text)
}

func plains(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = plain(text)
	}
	return out
}
