// Package appraisal judges a folder of answers as a person would want it done:
// it reads them, finds out of what kind they are, labels the tasks, scores the
// workers, measures labels against gold, plans what to ask next, and gathers
// all there is to say in a report.
//
// It is the shell around core/quality: that one holds the methods, this one
// knows files, defaults and sentences. Use core/quality itself in a program of
// your own.
//
// Words: a crowd is all answers to one question, read and put in order; an
// outcome its labels; a kind says what a label is. Gold is a task whose true
// label is known.
//
// Invariants:
//  1. Of repeated answers of a worker to a task one counts, and the others are
//     counted.
//  2. A task whose label is gold has the status gold, and is never scored
//     against it.
//  3. The same files and options give the same outcome, bit for bit.
package appraisal
