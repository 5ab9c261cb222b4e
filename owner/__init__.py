"""The owner's way from an export to a bot that stays on: six steps as a Python interface, and the command `dantok`.

Nobody imports it. It calls training and export as commands of their own processes, so that it works without torch until
something is to be learnt, and a training outlives whoever watches it.

The interface, for a page or a command:

* :class:`owner.project.Project`: one folder of the owner, where each thing lies in it, and which steps are done.
* :mod:`owner.chat`, :mod:`owner.people`, :mod:`owner.learn`, :mod:`owner.faces`, :mod:`owner.listen`,
  :mod:`owner.discord`: the six steps, each with the functions that one can press.
* :class:`owner.jobs.Job`: what takes long; started, looked at, stopped, gone on with.
* :class:`owner.errors.StepError`: what went wrong, one sentence in the language that is asked for.
"""
