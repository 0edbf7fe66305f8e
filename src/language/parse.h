// Text to tree.
//
// Where the grammar (syntax.h) leaves a choice:
//
// - From loose to tight: if-then-else (its else reaches as far as it can), or, and, not,
// comparisons
//   (they do not chain), + -, * /, minus, postfix `at`. `not count(x) >= 1` is not (count(x) >= 1).
// - Reserved words, which cannot be names: and as between contains distinct else false has if in is
//   like matches not null or over then true unknown where within. After a point they can:
//   `item.in`. All others are words of the language only in their place: `last(purchase)` is a
//   call, `over last 30 days` a span; `month(at)` has the name `at`, `x at 90 days ago` the
//   postfix. No call is named `sequence`, no step's event `next`.
// - Words and names of functions (the last word of `household.sum`) in any case; names as written.
// - -5 is a number, -(5), -x and -5 days are negations. 2025-01-31 and 007 without quotes are
//   refused.
// - `within` begins a comparison when a span follows, otherwise the group of a call or of `top`;
//   brackets make a group of what reads like a span: `percentile(v within (session))`. In the
//   condition of a step, `within 2 days` is the step's limit, and `within last 2 days` the
//   condition's.
// - After `over` and `within`, `since` and `after` take one value without `at`: `over since
//   first(purchase) + 1` adds one to the call. `in customer zone` belongs to the innermost span.
// - `over` follows a call or a sequence directly. `within 14 days` is within next 14 days.
// `session`
//   is last session; `past month` is past 1 month; `360 to 180 days ago` may name two units.
// - `where` and `within` may follow any argument; `at least 5` is the last, with or without a
// comma.
//   `at least 2 of (` begins a condition instead.
// - `has 'a'` is has any ('a'). In lists stand numbers, texts, amounts, true, false, unknown and
//   names of parameters. `all items` and `all item` are the same.
// - Numbers are whole or have up to six digits after a point; `-0.0` is 0.0. Texts hold no line
// ends
//   and no control characters but the tab; a comment ends with its line.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "language/syntax.h"

namespace regulars::language {

constexpr size_t kLongestText = 64 * 1024;  // bytes
constexpr int kDeepest = 100;               // nested parts

// kBadDefinition with line and column (characters) as the place. The message says what was expected
// and what stands there; the hint shows the line with a caret and, for a name, near ones:
//
//   line 1:16: expected ',', 'where' or ')', found 'wher'
//     count(purchase wher channel = 'web')
//                    ^^^^  did you mean 'where'?
//
// kDeepest limits the tree and, twice as many, brackets that say nothing.
Result<NodePtr> parse(std::string_view text);

// An error that points into the text; used by the parser and by the checker.
Error error_at(std::string_view text, Extent extent, std::string message,
               const std::string& hint = {});

}  // namespace regulars::language
