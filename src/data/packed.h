// A vector of numbers or codes that can be packed: kept in the fewest bytes per element that hold
// all of them. It is built and changed unpacked, and packed once it stays as it is; reading gives
// the same either way. The unknown (the least int64_t, the largest uint32_t) keeps its meaning.
//
// Reading one element costs a branch when packed; loops read many at once or a span where there is
// one. Changing a packed vector unpacks it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

namespace regulars {

template <class T>
class Packed {
  static_assert(std::is_same_v<T, int64_t> || std::is_same_v<T, uint32_t>);

 public:
  using value_type = T;
  static constexpr T kUnknown =
      std::is_signed_v<T> ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();

  Packed() = default;
  Packed(std::vector<T> values) : values_(std::move(values)) {}  // NOLINT: as a vector itself
  Packed(std::initializer_list<T> values) : values_(std::vector<T>(values)) {}

  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = T;

    Iterator() = default;
    Iterator(const Packed* of, size_t at) : of_(of), at_(at) {}
    T operator*() const { return (*of_)[at_]; }
    T operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator+=(difference_type n) {
      at_ += static_cast<size_t>(n);
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    Iterator operator--(int) {
      const Iterator before = *this;
      --*this;
      return before;
    }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend Iterator operator+(difference_type n, Iterator i) { return i += n; }
    friend Iterator operator-(Iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) {
      return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
    }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Packed* of_ = nullptr;
    size_t at_ = 0;
  };

  size_t size() const {
    return std::visit([](const auto& values) { return values.size(); }, values_);
  }
  bool empty() const { return size() == 0; }
  T operator[](size_t i) const {
    if (const auto* wide = std::get_if<0>(&values_)) return (*wide)[i];
    return std::visit([i](const auto& values) { return widened(values[i]); }, values_);
  }
  T& operator[](size_t i) { return wide()[i]; }
  T front() const { return (*this)[0]; }
  T back() const { return (*this)[size() - 1]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

  // The elements, unless packed.
  bool is_packed() const { return values_.index() != 0; }
  std::span<const T> span() const { return std::get<0>(values_); }
  // Elements first .. first + out.size().
  void read(size_t first, std::span<T> out) const {
    std::visit(
        [&](const auto& values) {
          const auto* from = values.data() + first;
          T* to = out.data();
          for (size_t i = 0; i < out.size(); ++i) to[i] = widened(from[i]);
        },
        values_);
  }

  void pack() {
    if (is_packed()) return;
    const auto [least, most] = range();
    if constexpr (std::is_signed_v<T>) {
      if (!narrowed<int8_t>(least, most) && !narrowed<int16_t>(least, most)) {
        narrowed<int32_t>(least, most);
      }
    } else if (!narrowed<uint8_t>(least, most)) {
      narrowed<uint16_t>(least, most);
    }
    std::visit([](auto& values) { values.shrink_to_fit(); }, values_);
  }
  size_t bytes() const {
    return std::visit([](const auto& values) { return values.capacity() * sizeof(values.front()); },
                      values_);
  }

  // The elements to be changed.
  std::vector<T>& wide() {
    if (is_packed()) {
      std::vector<T> all(size());
      read(0, all);
      values_ = std::move(all);
    }
    return std::get<0>(values_);
  }
  void push_back(T value) { wide().push_back(value); }
  void reserve(size_t count) { wide().reserve(count); }
  void resize(size_t count, T value = T()) { wide().resize(count, value); }
  void assign(size_t count, T value) { wide().assign(count, value); }
  void pop_back() { wide().pop_back(); }
  void shrink_to_fit() { wide().shrink_to_fit(); }
  void clear() { values_ = std::vector<T>(); }

  friend bool operator==(const Packed& a, const Packed& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  template <class N>
  static constexpr N kNarrowUnknown =
      std::is_signed_v<N> ? std::numeric_limits<N>::min() : std::numeric_limits<N>::max();

  template <class N>
  static T widened(N value) {
    return value == kNarrowUnknown<N> ? kUnknown : static_cast<T>(value);
  }

  // Of the known elements.
  std::pair<T, T> range() const {
    T least = std::numeric_limits<T>::max();
    T most = std::numeric_limits<T>::min();
    for (const T value : std::get<0>(values_)) {
      if (value == kUnknown) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
    return {least, most};
  }

  template <class N>
  bool narrowed(T least, T most) {
    using Limits = std::numeric_limits<N>;
    const bool none = least > most;
    const bool fits = std::is_signed_v<N> ? static_cast<int64_t>(least) > Limits::min() &&
                                                static_cast<int64_t>(most) <= Limits::max()
                                          : static_cast<int64_t>(most) < Limits::max();
    if (!none && !fits) return false;
    std::vector<N> narrow;
    narrow.reserve(size());
    for (const T value : std::get<0>(values_)) {
      narrow.push_back(value == kUnknown ? kNarrowUnknown<N> : static_cast<N>(value));
    }
    values_ = std::move(narrow);
    return true;
  }

  using Signed = std::variant<std::vector<int64_t>, std::vector<int8_t>, std::vector<int16_t>,
                              std::vector<int32_t>>;
  using Unsigned = std::variant<std::vector<uint32_t>, std::vector<uint8_t>, std::vector<uint16_t>>;
  std::conditional_t<std::is_signed_v<T>, Signed, Unsigned> values_;
};

}  // namespace regulars
