package appraisal

import "fmt"

// points says what stands out.
func points(r *Report) []Point {
	var list []Point
	say := func(tone Tone, format string, args ...any) {
		list = append(list, Point{tone, fmt.Sprintf(format, args...)})
	}
	for _, a := range r.Agreement[:min(1, len(r.Agreement))] {
		word, tone := degree(a.Value)
		if a.Lower == a.Upper {
			say(tone, "Workers agree %s: %s is %.2f.", word, a.Name, a.Value)
			continue
		}
		say(tone, "Workers agree %s: %s is %.2f (95 %%: %.2f to %.2f).", word, a.Name, a.Value, a.Lower, a.Upper)
	}
	if s := r.Scores; s != nil {
		name, value := s.Headline()
		say(Info, "On %d tasks with gold, %s is %s when gold is kept from the method.", s.Scored, name, value)
		if s.ECE != nil {
			tone := Good
			if *s.ECE > .05 {
				tone = Warn
			}
			say(tone, "Confidences miss the accuracy by %.1f points on average.", 100**s.ECE)
		}
	}
	if n := r.Totals.Flagged; n > 0 {
		answers := 0
		for _, s := range r.Suspects {
			answers += s.Answers
		}
		say(Warn, "%d of %d workers stand out; %.1f %% of the answers are theirs.", n, r.Totals.Workers, 100*float64(answers)/float64(max(1, r.Totals.Answers)))
	} else if r.Kind == Choice {
		say(Good, "No worker stands out.")
	}
	if n := r.Totals.Dropped; n > 0 {
		say(Bad, "%d workers fail on gold; their answers do not count.", n)
	}
	if n := r.Totals.Repeated; n > 0 {
		say(Info, "%d answers are left out: the worker had answered the task.", n)
	}
	if r.Drift != nil {
		list = append(list, r.Drift.Notes[:min(len(r.Drift.Notes), 3)]...)
	}
	if n := len(r.Twins); n > 0 {
		say(Info, "%d groups of tasks have nearly the same text.", n)
	}
	if n := r.Certainty.Delivered + r.Certainty.Contested; n > 0 {
		say(Info, "%d of %d labels are less sure than was asked for.", n, r.Totals.Tasks)
	}
	return list
}

// degree names an agreement, by Krippendorff's limits.
func degree(alpha float64) (string, Tone) {
	switch {
	case alpha >= .8:
		return "well", Good
	case alpha >= .667:
		return "fairly", Info
	case alpha >= .3:
		return "poorly", Warn
	default:
		return "hardly beyond chance", Bad
	}
}

// Headline returns the score that says most, with its name.
func (s *Scores) Headline() (name, value string) {
	switch {
	case s.WER != nil:
		return "the word error rate", fmt.Sprintf("%.1f %%", 100**s.WER)
	case s.F1 != nil:
		return "F1", fmt.Sprintf("%.3f", *s.F1)
	case s.MeanIoU != nil:
		return "the mean overlap", fmt.Sprintf("%.3f", *s.MeanIoU)
	case s.Spearman != nil:
		return "the rank correlation", fmt.Sprintf("%.3f", *s.Spearman)
	case s.Accuracy != nil:
		return "the accuracy", fmt.Sprintf("%.1f %%", 100**s.Accuracy)
	default:
		return "the mean absolute error", fmt.Sprintf("%.4g", *s.MAE)
	}
}
