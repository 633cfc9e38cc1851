;; Reads texts, each with a comma after it, as V8 writes the strings of a snapshot, with no escapes of surrogates. `npm run generate`
;; makes plain-texts-module.ts of it. What it does and why is said in plain-texts.ts.
;;
;; 16 bytes are copied at once, and looked at for what ends a text; what was copied behind that is written over by the next one.
(module
  ;; 262,144 bytes of file with 64 zeros behind them, then as many bytes of texts, then where each of these ends.
  (memory (export "memory") 14)

  ;; What each letter behind a backslash stands for, 0 where it is none: at 0xd5800, behind all else.
  (data (i32.const 0xd5822) "\22")
  (data (i32.const 0xd582f) "/")
  (data (i32.const 0xd585c) "\5c")
  (data (i32.const 0xd5862) "\08")
  (data (i32.const 0xd5866) "\0c")
  (data (i32.const 0xd586e) "\0a")
  (data (i32.const 0xd5872) "\0d")
  (data (i32.const 0xd5874) "\09")
  ;; What each hexadecimal digit stands for, with 0x80 added; 0 where it is none.
  (data (i32.const 0xd5930) "\80\81\82\83\84\85\86\87\88\89")
  (data (i32.const 0xd5941) "\8a\8b\8c\8d\8e\8f")
  (data (i32.const 0xd5961) "\8a\8b\8c\8d\8e\8f")

  ;; The code that four hexadecimal digits say; -1 where there are no such, or half of a pair.
  (func $codeAt (param $at i32) (result i32)
    (local $a i32)
    (local $b i32)
    (local $c i32)
    (local $d i32)
    (local $code i32)
    (local.set $a (i32.load8_u offset=0xd5900 (i32.load8_u (local.get $at))))
    (local.set $b (i32.load8_u offset=0xd5900 (i32.load8_u offset=1 (local.get $at))))
    (local.set $c (i32.load8_u offset=0xd5900 (i32.load8_u offset=2 (local.get $at))))
    (local.set $d (i32.load8_u offset=0xd5900 (i32.load8_u offset=3 (local.get $at))))
    (local.set $code
      (i32.or
        (i32.or
          (i32.shl (i32.and (local.get $a) (i32.const 15)) (i32.const 12))
          (i32.shl (i32.and (local.get $b) (i32.const 15)) (i32.const 8)))
        (i32.or
          (i32.shl (i32.and (local.get $c) (i32.const 15)) (i32.const 4))
          (i32.and (local.get $d) (i32.const 15)))))
    (select
      (i32.const -1)
      (local.get $code)
      (i32.or
        (i32.lt_u
          (i32.and
            (i32.and (local.get $a) (local.get $b))
            (i32.and (local.get $c) (local.get $d)))
          (i32.const 0x80))
        (i32.eq (i32.and (local.get $code) (i32.const 0xf800)) (i32.const 0xd800)))))

  ;; Writes a code below 2 ** 16 in UTF-8. How many bytes that takes.
  (func $write (param $to i32) (param $code i32) (result i32)
    (if (i32.lt_u (local.get $code) (i32.const 0x80))
      (then
        (i32.store8 (local.get $to) (local.get $code))
        (return (i32.const 1))))
    (if (i32.lt_u (local.get $code) (i32.const 0x800))
      (then
        (i32.store8 (local.get $to)
          (i32.or (i32.shr_u (local.get $code) (i32.const 6)) (i32.const 0xc0)))
        (i32.store8 offset=1 (local.get $to)
          (i32.or (i32.and (local.get $code) (i32.const 0x3f)) (i32.const 0x80)))
        (return (i32.const 2))))
    (i32.store8 (local.get $to)
      (i32.or (i32.shr_u (local.get $code) (i32.const 12)) (i32.const 0xe0)))
    (i32.store8 offset=1 (local.get $to)
      (i32.or
        (i32.and (i32.shr_u (local.get $code) (i32.const 6)) (i32.const 0x3f))
        (i32.const 0x80)))
    (i32.store8 offset=2 (local.get $to)
      (i32.or (i32.and (local.get $code) (i32.const 0x3f)) (i32.const 0x80)))
    (i32.const 3))

  ;; Reads from the first byte of the memory up to anything but such a text, as the zeros behind all are. How many there are; behind the
  ;; last end stands where the next text would begin.
  (func (export "read") (param $texts i32) (param $ends i32) (result i32)
    (local $first i32)
    (local $at i32)
    (local $from i32)
    (local $begin i32)
    (local $to i32)
    (local $bytes v128)
    (local $odd i32)
    (local.set $first (local.get $ends))
    (local.set $begin (local.get $texts))
    (block $done
      (loop $next
        (br_if $done (i32.ne (i32.load8_u (local.get $at)) (i32.const 0x22)))
        (local.set $from (i32.add (local.get $at) (i32.const 1)))
        (local.set $to (local.get $begin))
        (loop $more
          (local.set $bytes (v128.load align=1 (local.get $from)))
          (v128.store align=1 (local.get $to) (local.get $bytes))
          ;; A quote, a backslash, or what must not stand in a text.
          (local.set $odd
            (i8x16.bitmask
              (v128.or
                (v128.or
                  (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x22)))
                  (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x5c))))
                (i8x16.lt_u (local.get $bytes) (i8x16.splat (i32.const 0x20))))))
          (if (i32.eqz (local.get $odd))
            (then
              (local.set $from (i32.add (local.get $from) (i32.const 16)))
              (local.set $to (i32.add (local.get $to) (i32.const 16)))
              (br $more)))
          (local.set $odd (i32.ctz (local.get $odd)))
          (local.set $from (i32.add (local.get $from) (local.get $odd)))
          (local.set $to (i32.add (local.get $to) (local.get $odd)))
          (if (i32.eq (i32.load8_u (local.get $from)) (i32.const 0x5c))
            (then
              (local.set $odd (i32.load8_u offset=1 (local.get $from)))
              (if (i32.eq (local.get $odd) (i32.const 0x75))
                (then
                  (local.set $odd (call $codeAt (i32.add (local.get $from) (i32.const 2))))
                  (br_if $done (i32.lt_s (local.get $odd) (i32.const 0)))
                  (local.set $to
                    (i32.add (local.get $to) (call $write (local.get $to) (local.get $odd))))
                  (local.set $from (i32.add (local.get $from) (i32.const 6)))
                  (br $more)))
              (local.set $odd (i32.load8_u offset=0xd5800 (local.get $odd)))
              (br_if $done (i32.eqz (local.get $odd)))
              (i32.store8 (local.get $to) (local.get $odd))
              (local.set $from (i32.add (local.get $from) (i32.const 2)))
              (local.set $to (i32.add (local.get $to) (i32.const 1)))
              (br $more))))
        ;; A quote and a comma.
        (br_if $done (i32.ne (i32.load16_u align=1 (local.get $from)) (i32.const 0x2c22)))
        (local.set $begin (local.get $to))
        (i32.store (local.get $ends) (i32.sub (local.get $begin) (local.get $texts)))
        (local.set $ends (i32.add (local.get $ends) (i32.const 4)))
        (local.set $at
          (i32.add
            (i32.add (local.get $from) (i32.const 2))
            (i32.eq (i32.load8_u offset=2 (local.get $from)) (i32.const 0x0a))))
        (br $next)))
    (i32.store (local.get $ends) (local.get $at))
    (i32.shr_u (i32.sub (local.get $ends) (local.get $first)) (i32.const 2))))
