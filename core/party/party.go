// Package party says who takes part: profiles, standing proved by verdicts,
// conduct towards others, and stakes that answer for engagements.
//
// Words: standing counts answers verified right and wrong in one skill, aged
// with a half-life; its score is the lower 5 % quantile of the Beta
// distribution over those counts, so few answers never look like many; a level
// is a threshold on score and settled pay; a strike is one verdict that found
// somebody's answers worthless.
//
// Invariants:
//  1. Counts of a standing are never negative and only a verdict raises them.
//  2. A stake is locked once, and then returned or slashed exactly once.
//  3. A stake's slashed part never exceeds its amount.
package party
